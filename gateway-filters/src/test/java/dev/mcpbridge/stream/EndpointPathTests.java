package dev.mcpbridge.stream;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EndpointPathTests {

	@ParameterizedTest
	@CsvSource({
			// client, upstream, endpoint, ours
			"/sse, /v1/sse, /v1/sse/message?sessionId=a%2Fb, /sse/message?sessionId=a%2Fb",
			"/v1/sse, /v1/sse, /v1/sse/message?sessionId=1, /v1/sse/message?sessionId=1",
			"/team/a/sse, /v1/sse, /v1/sse/message?sessionId=1, /team/a/sse/message?sessionId=1",
			"/sse/, /v1/sse/, /v1/sse/message, /sse/message", "/sse, /v1/sse, /v1/sse, /sse",
			"/team/a/sse, /sse, /messages/?session_id=1, /team/a/messages/?session_id=1",
			"/sse, /sse, /messages/?session_id=1, /messages/?session_id=1",
			"/team/v1/sse, /v1/sse, /v1/ssemessage, /team/v1/ssemessage", "/mcp, /, /message?s=1, /mcp/message?s=1",
			"/sse/, /v1/sse/, message?sessionId=1, /sse/message?sessionId=1",
			"/sse, /v1/sse, ?sessionId=1, /sse?sessionId=1",
			"/sse, /v1/sse, https://mcp.example/v1/sse/message?s=1, /sse/message?s=1",
			"/sse, /v1/sse, HTTPS://MCP.example:443/v1/sse/message?s=1, /sse/message?s=1",
			"/sse, /v1/sse, //mcp.example/v1/sse/message?s=1, /sse/message?s=1",
			"/a%20b/sse, /v1/sse, /v1/sse/message, /a%20b/sse/message" })
	void theEndpointIsWhereTheClientIs(String client, String upstream, String endpoint, String ours) {
		assertThat(path(client, upstream, null).rewrite(endpoint)).isEqualTo(ours);
	}

	@Test
	void aPathOutsideOfTheStreamsNeedsTheArgument() {
		refused("/stream", "/v1/sse", "/v1/messages?s=1", null);
		assertThat(path("/stream", "/v1/sse", "/say").rewrite("/v1/messages?s=1")).isEqualTo("/say?s=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/v1/sse/message", "//evil.example/v1/sse/message",
			"http://mcp.example/v1/sse/message", "https://mcp.example:444/v1/sse/message",
			"https://mcp.example@evil.example/v1/sse/message", "https://user@mcp.example/v1/sse/message",
			"https://mcp.example.evil.example/v1/sse", "https://mcp.example\\@evil.example/v1/sse",
			"\\\\evil.example/v1/sse", "/\\evil.example/v1/sse", "/v1/sse\\..\\x", "https:\\\\evil.example",
			"https:evil.example", "javascript:alert(1)", "data:,x", "///evil.example/v1/sse",
			"https:///evil.example/v1/sse", "/v1/sse/\u0000message", "/v1/sse/mess age", " /v1/sse/message",
			"/v1/sse\t/message", "/\t/evil.example", "/v1/sse/m\u00e9ssage", "", "/v1/sse/../../admin",
			"/v1/sse/%2e%2E/%2e./admin", "/v1/sse/..", "/v1/sse/%zz", "https://[::1/v1/sse",
			"https://mcp_1.example/v1" })
	void nothingElseIsEverForwarded(String endpoint) {
		refused("/sse", "/v1/sse", endpoint, null);
		refused("/v1/sse", "/v1/sse", endpoint, null);
	}

	@Test
	void whyIsSaidWithoutWhat() {
		assertThatExceptionOfType(EndpointException.class)
			.isThrownBy(() -> path("/sse", "/v1/sse", null).rewrite("https://evil.example/?s=secret"))
			.withMessage("Endpoint event refused: another origin")
			.withNoCause();
	}

	private static void refused(String client, String upstream, String endpoint, @Nullable String messagePath) {
		assertThatExceptionOfType(EndpointException.class)
			.isThrownBy(() -> path(client, upstream, messagePath).rewrite(endpoint));
	}

	private static EndpointPath path(String client, String upstream, @Nullable String messagePath) {
		return new EndpointPath(client, URI.create("https://mcp.example" + upstream), messagePath, null);
	}

}
