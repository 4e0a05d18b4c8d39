package dev.mcpbridge.access;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * {@code McpChallenge} alone on a route, in front of an upstream that misbehaves.
 */
class UpstreamFailureServerTests {

	static final String THEIRS = "Bearer realm=\"theirs\", resource_metadata=\"https://mcp.atlassian.com/x\"";

	static final RawServer upstream = new RawServer();

	static final RawServer endless = new RawServer();

	static final TestGateway gateway = TestGateway.bare()
		.property("spring.cloud.gateway.server.webflux.httpclient.pool.type", "disabled")
		.route("mcp", upstream.url(), "/mcp", "McpChallenge", "SetPath=/v1/mcp")
		.route("rpc", upstream.url(), "/v1/mcp", "McpChallenge=json-rpc")
		.route("down", URI.create("http://localhost:1"), "/down", "McpChallenge")
		.route("unknown", URI.create("http://nowhere.invalid"), "/unknown", "McpChallenge")
		.route("tls", URI.create("https://localhost:" + upstream.url().getPort()), "/tls", "McpChallenge")
		.route("slow", upstream.url(), "/slow", "McpChallenge")
		.property("spring.cloud.gateway.server.webflux.routes[5].metadata.response-timeout", "500")
		.route("endless", endless.url(), "/v1/sse", "McpChallenge")
		.start();

	final Browser browser = new Browser();

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
		endless.close();
	}

	@BeforeEach
	void healthy() {
		upstream.answer(head("200 OK", "Content-Length: 2") + "ok", RawServer.Then.CLOSE);
	}

	@Test
	void aHealthyAnswerPassesWithoutTheUpstreamsChallenge() {
		upstream.answer(head("200 OK", "Content-Length: 2", "WWW-Authenticate: " + THEIRS) + "ok",
				RawServer.Then.CLOSE);
		HttpResponse<String> answer = get("/mcp");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("ok");
		assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
	}

	@Test
	void theUpstreamsChallengeIsReplaced() {
		upstream.answer(
				head("401 Unauthorized", "WWW-Authenticate: " + THEIRS, "WWW-Authenticate: Basic",
						"Content-Type: text/html", "Content-Encoding: identity", "Content-Length: 5") + "login",
				RawServer.Then.CLOSE);
		HttpResponse<String> answer = get("/mcp");
		assertChallenged(answer, "/mcp");
		assertThat(answer.body())
			.isEqualTo("{\"error\":\"invalid_token\",\"error_description\":\"Invalid access token\"}");
	}

	@Test
	void aChallengeOfAnotherStatusDoesNotLeaveEither() {
		upstream.answer(head("403 Forbidden", "WWW-Authenticate: " + THEIRS, "Content-Length: 6") + "scopes",
				RawServer.Then.CLOSE);
		HttpResponse<String> answer = get("/mcp");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).isEqualTo("scopes");
		assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
	}

	@Test
	void aRefusalWithoutABodyIsReplaced() {
		upstream.answer(head("401 Unauthorized", "Content-Length: 0"), RawServer.Then.CLOSE);
		assertChallenged(get("/mcp"), "/mcp");
	}

	@Test
	void aRefusalThatBreaksOffIsReplaced() {
		upstream.answer(head("401 Unauthorized", "Content-Length: 500") + "half", RawServer.Then.CLOSE);
		assertChallenged(get("/mcp"), "/mcp");
	}

	@ParameterizedTest
	@EnumSource(names = { "POUR", "HANG" })
	void aRefusalThatNeverEndsIsReplacedAndItsConnectionClosed(RawServer.Then then) {
		int left = endless.left();
		endless.answer(head("401 Unauthorized", "Content-Length: 999999999999") + "begin", then);
		assertChallenged(get("/v1/sse"), "/v1/sse");
		await().until(() -> endless.left() == left + 1);
	}

	@Test
	void theBodyCanBeJsonRpc() {
		upstream.answer(head("401 Unauthorized", "Content-Length: 0"), RawServer.Then.CLOSE);
		HttpResponse<String> answer = get("/v1/mcp");
		assertChallenged(answer, "/v1/mcp");
		assertThat(answer.body()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{");
		assertThat(answer.body()).contains("\"code\":-32001", "\"message\":\"Invalid access token\"",
				"\"data\":{\"error\":\"invalid_token\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/down", "/unknown", "/tls" })
	void anUpstreamThatCannotBeReachedIs503(String path) {
		assertUnavailable(get(path), 503);
	}

	@Test
	void anUpstreamThatDoesNotAnswerIs504() {
		upstream.answer("", RawServer.Then.HANG);
		assertUnavailable(get("/slow"), 504);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 ", "HTTP/1.1 200 OK\r\nContent-", "SSH-2.0-OpenSSH_9.6\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n", "HTTP/1.1 999999 Odd\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" })
	void anAnswerThatIsNoneIs502(String bytes) {
		upstream.answer(bytes, RawServer.Then.CLOSE);
		assertUnavailable(get("/mcp"), 502);
	}

	@Test
	void anAnswerWithAHeaderTooLongIs502() {
		upstream.answer("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n", RawServer.Then.CLOSE);
		assertUnavailable(get("/mcp"), 502);
	}

	@Test
	void anAnswerThatBreaksOffHalfwayBreaksOffForTheClientToo() {
		upstream.answer(head("200 OK", "Content-Length: 500") + "half", RawServer.Then.CLOSE);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> get("/mcp"));
	}

	@Test
	void theUpstreamsOwnErrorsPass() {
		upstream.answer(head("500 Internal Server Error", "Content-Length: 4") + "oops", RawServer.Then.CLOSE);
		assertThat(get("/mcp").body()).isEqualTo("oops");
	}

	private HttpResponse<String> get(String path) {
		return this.browser.send(HttpRequest.newBuilder(gateway.url(path)).GET());
	}

	private static String head(String status, String... headers) {
		return "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
	}

	private static void assertChallenged(HttpResponse<String> answer, String path) {
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().allValues("www-authenticate")).containsExactly(
				"Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"Invalid access token\", "
						+ "resource_metadata=\"%s/.well-known/oauth-protected-resource%s\"".formatted(gateway.url(),
								path));
		assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
		assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
		assertThat(answer.headers().map()).doesNotContainKeys("content-encoding", "transfer-encoding");
	}

	private static void assertUnavailable(HttpResponse<String> answer, int status) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().allValues("retry-after")).containsExactly("5");
		assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
		assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
		assertThat(answer.body()).startsWith("{\"error\":\"temporarily_unavailable\"");
	}

}
