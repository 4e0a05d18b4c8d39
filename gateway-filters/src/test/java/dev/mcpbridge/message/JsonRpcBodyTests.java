package dev.mcpbridge.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.mcpbridge.message.JsonRpcMessage.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is read of a message.
 */
class JsonRpcBodyTests {

	@Test
	void aRequestHasIdAndMethod() {
		JsonRpcMessage message = only("""
				{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"id":9,
				"method":"x"},"_meta":{"progressToken":"p","other":[1,{"id":2}]}}}""");
		assertThat(message.kind()).isEqualTo(Kind.REQUEST);
		assertThat(message.id()).isEqualTo(IntNode.valueOf(7));
		assertThat(message.method()).isEqualTo("tools/call");
		assertThat(message.target()).contains("echo");
		assertThat(message.progressToken()).isEqualTo(StringNode.valueOf("p"));
	}

	@Test
	void whatHasNoIdIsANotification() {
		JsonRpcMessage message = only("""
				{"method":"notifications/cancelled","params":{"requestId":"a"},"jsonrpc":"2.0"}""");
		assertThat(message.kind()).isEqualTo(Kind.NOTIFICATION);
		assertThat(message.requestId()).isEqualTo(StringNode.valueOf("a"));
		assertThat(message.isRequest()).isFalse();
	}

	@Test
	void anAnswerMayComeBeforeItsId() {
		JsonRpcMessage message = only("""
				{"result":{"protocolVersion":"2025-06-18","capabilities":{"id":3}},"jsonrpc":"2.0","id":"1"}""");
		assertThat(message.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(message.id()).isEqualTo(StringNode.valueOf("1"));
		assertThat(message.protocolVersion()).contains("2025-06-18");
	}

	@Test
	void theTextOneIsNotTheNumberOne() {
		assertThat(only("{\"id\":\"1\",\"error\":{}}").id()).isNotEqualTo(only("{\"id\":1,\"error\":{}}").id());
	}

	@Test
	void anErrorWithoutAnIdIsAnAnswerToNothing() {
		JsonRpcMessage message = only("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700}}");
		assertThat(message.kind()).isEqualTo(Kind.RESPONSE);
		assertThat(message.id()).isNull();
	}

	@Test
	void aBatchKeepsItsOrder() {
		JsonRpcBody body = read("[{\"id\":1,\"method\":\"a\"},{\"method\":\"b\"},{\"id\":2,\"result\":{}}]");
		assertThat(body.batch()).isTrue();
		assertThat(body.messages()).extracting(JsonRpcMessage::kind)
			.containsExactly(Kind.REQUEST, Kind.NOTIFICATION, Kind.RESPONSE);
		assertThat(body.hasRequest()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "nonsense", "{\"method\":\"a\"} {", "{\"method\":\"a\"}x", "\u0000",
			"[{\"method\":\"a\"}" })
	void whatIsNoJsonIsAParseError(String text) {
		assertThat(refusal(text)).isEqualTo(JsonRpcError.PARSE_ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "1", "null", "\"text\"", "{}", "[[{\"method\":\"a\"}]]", "{\"id\":1}",
			"{\"method\":7,\"id\":1}", "[1]" })
	void whatIsNoMessageIsAnInvalidRequest(String text) {
		assertThat(refusal(text)).isEqualTo(JsonRpcError.INVALID_REQUEST);
	}

	@Test
	void aDeepBodyIsRefusedAndNotFollowed() {
		assertThat(refusal("{\"method\":\"a\",\"params\":" + "[".repeat(100_000))).isEqualTo(JsonRpcError.PARSE_ERROR);
	}

	@Test
	void aBodyAboveTheBoundIsTooLarge() {
		Flux<DataBuffer> body = Flux.just("{\"method\":\"", "abcdefgh", "\"}")
			.map((text) -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
		StepVerifier.create(JsonRpcBody.read(body, DataSize.ofBytes(15)))
			.expectErrorSatisfies((ex) -> assertThat(((JsonRpcException) ex).status().value()).isEqualTo(413))
			.verify(Duration.ofSeconds(5));
	}

	private static JsonRpcMessage only(String text) {
		return read(text).messages().get(0);
	}

	private static JsonRpcBody read(String text) {
		return JsonRpcBody.of(text.getBytes(StandardCharsets.UTF_8));
	}

	private static int refusal(String text) {
		int[] code = { 0 };
		assertThatExceptionOfType(JsonRpcException.class).isThrownBy(() -> read(text))
			.satisfies((ex) -> code[0] = ex.error().code());
		return code[0];
	}

}
