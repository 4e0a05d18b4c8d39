package dev.mcpbridge.message;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Headers that say what the body says, and others.
 */
class MirroredHeadersTests {

	private static final String CALL = """
			{"params":{"name":"Grüße","uri":"x:1","arguments":{"name":"y"}},"jsonrpc":"2.0","id":1,"method":"tools/call"}""";

	private static final String READ = """
			{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"jira:1","name":"other"}}""";

	private static final String TOLD = """
			{"jsonrpc":"2.0","method":"notifications/initialized"}""";

	private final HttpHeaders headers = new HttpHeaders();

	@Test
	void whatIsNotThereIsNotCompared() {
		assertThatCode(() -> compare(CALL)).doesNotThrowAnyException();
	}

	@Test
	void whatSaysTheSamePasses() {
		this.headers.set("mcp-method", "tools/call");
		this.headers.set("mcp-name", "=?base64?R3LDvMOfZQ==?=");
		assertThatCode(() -> compare(CALL)).doesNotThrowAnyException();
	}

	@Test
	void aResourceIsNamedByItsUri() {
		this.headers.set("Mcp-Name", "jira:1");
		assertThatCode(() -> compare(READ)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "Mcp-Method,tools/list", "Mcp-Method,Tools/Call", "Mcp-Method,''", "Mcp-Name,y", "Mcp-Name,x:1",
			"Mcp-Name,=?base64?R3LDvMOfZQ=?=", "Mcp-Name,=?base64?*?=", "Mcp-Name,=?base64?=" })
	void whatSaysAnythingElseIsRefused(String header, String value) {
		this.headers.set(header, value);
		refuses(CALL);
	}

	@Test
	void aNameIsNoneOfWhatNamesNothing() {
		this.headers.set("Mcp-Name", "anything");
		refuses(TOLD);
	}

	@Test
	void neitherBelongsToABatchOrStandsThereTwice() {
		this.headers.set("Mcp-Method", "notifications/initialized");
		refuses("[" + TOLD + "]");
		this.headers.put("Mcp-Method", List.of("notifications/initialized", "notifications/initialized"));
		refuses(TOLD);
	}

	private void refuses(String body) {
		assertThatExceptionOfType(JsonRpcException.class).isThrownBy(() -> compare(body)).satisfies((refused) -> {
			assertThat(refused.status()).isEqualTo(HttpStatus.BAD_REQUEST);
			assertThat(refused.error().code()).isEqualTo(-32020);
		});
	}

	private void compare(String body) {
		MirroredHeaders.compare(this.headers, JsonRpcBody.of(body.getBytes(StandardCharsets.UTF_8)));
	}

}
