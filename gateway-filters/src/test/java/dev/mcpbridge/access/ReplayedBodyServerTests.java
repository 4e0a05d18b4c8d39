package dev.mcpbridge.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests with bodies, in front of an upstream that no longer takes their token.
 */
class ReplayedBodyServerTests {

	static final int LIMIT = 20_000;

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final PickyUpstream upstream = new PickyUpstream();

	static final TestGateway gateway = TestGateway.bare()
		.clock(atlassian.clock())
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.authorization-server.enabled", "true")
		.property("mcp.bridge.refresh.replay-limit", LIMIT + "B")
		.route("mcp", upstream.url(), "/mcp", "McpBridge", "SetPath=/v1/mcp", "AddResponseHeader=X-Route, once",
				"AddRequestHeader=X-Route, once")
		.route("never", upstream.url(), "/never", "McpBridge=5m,15s,5m,/x,0B", "RewritePath=/never, /v1/mcp")
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	final TestClient.Tokens tokens = client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
		atlassian.close();
	}

	@BeforeEach
	void endTheToken() {
		atlassian.clock().advance(Duration.ofMinutes(1));
		upstream.reset();
		upstream.refuse(Set.copyOf(atlassian.issuedTokens())::contains);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 500, 5_000, LIMIT })
	void aBodyWithinTheLimitIsSentTwiceAlike(int size) {
		int refreshes = atlassian.refreshes();
		HttpResponse<byte[]> answer = post("/mcp", BodyPublishers.ofString(body(size)));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::body).containsExactly(body(size), body(size));
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::uri).containsOnly("/v1/mcp");
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::token).doesNotHaveDuplicates();
		assertThat(atlassian.refreshes()).isEqualTo(refreshes + 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 9_000, LIMIT })
	void aBodyOfUnknownLengthIsSentTwiceAlike(int size) {
		assertThat(post("/mcp", chunked(size)).statusCode()).isEqualTo(200);
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::body).containsExactly(body(size), body(size));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aLargerBodyIsChallengedAndTheNextRequestWorks(boolean chunked) {
		BodyPublisher body = chunked ? chunked(LIMIT + 1) : BodyPublishers.ofString(body(LIMIT + 1));
		assertChallenged(post("/mcp", body));
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::body).containsExactly(body(LIMIT + 1));
		assertThat(post("/mcp", body).statusCode()).isEqualTo(200);
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::body)
			.containsExactly(body(LIMIT + 1), body(LIMIT + 1));
	}

	@Test
	void aRouteThatSendsNothingAgainRenewsForTheNextRequest() {
		assertThat(post("/never", BodyPublishers.noBody()).statusCode()).isEqualTo(401);
		assertThat(upstream.seen()).hasSize(1);
		assertThat(post("/never", BodyPublishers.noBody()).statusCode()).isEqualTo(200);
	}

	@Test
	void aLargeBodyStreamsToAnUpstreamThatTakesIt() {
		upstream.refuse((token) -> false);
		assertThat(post("/mcp", chunked(3_000_000)).statusCode()).isEqualTo(200);
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::body).containsExactly(body(3_000_000));
	}

	@Test
	void nothingOfTheRefusalIsLeftInTheAnswer() {
		HttpResponse<byte[]> answer = post("/mcp", BodyPublishers.ofString("{}"), "Origin", "https://page.example");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).doesNotContainKeys("www-authenticate", "mcp-session-id", "atl-traceid",
				"content-language");
		assertThat(answer.headers().allValues("content-type")).containsExactly("application/octet-stream");
		assertThat(answer.headers().allValues("atl-request-id")).containsExactly("of-the-answer");
		assertThat(answer.headers().allValues("x-route")).containsExactly("once");
		assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
		assertThat(answer.body()).hasSize(PickyUpstream.ANSWER).startsWith(PickyUpstream.block());
	}

	@Test
	void anUpstreamThatRefusesForEverIsAskedAtMostFourTimes() {
		upstream.refuse((token) -> true);
		assertChallenged(post("/mcp", BodyPublishers.ofString("{}"), "Origin", "https://page.example"));
		assertThat(upstream.arrived()).as("once with the old token, twice with the new one").isEqualTo(3);
		TestClient.Tokens fresh = client.signIn();
		int refreshes = atlassian.refreshes();
		upstream.reset();
		upstream.refuse((token) -> true);
		assertChallenged(post("/mcp", fresh, BodyPublishers.ofString("{}")));
		assertThat(upstream.arrived()).as("also twice with the one that was new already").isBetween(2, 4);
		assertThat(atlassian.refreshes()).isLessThanOrEqualTo(refreshes + 1);
	}

	@Test
	void aBodyBeginsToStreamAtOnceAndGoesOnAfterAHastyRefusal() throws IOException {
		upstream.hasty();
		try (Socket socket = begin("{\"first\":", 18)) {
			await().until(() -> upstream.received() == 9);
			assertThat(upstream.arrived()).as("refused, and sent again").isEqualTo(2);
			send(socket, "\"second\"}");
			assertThat(status(socket)).isEqualTo("HTTP/1.1 200 OK");
		}
		assertThat(upstream.seen()).extracting(PickyUpstream.Seen::body).containsExactly("", "{\"first\":\"second\"}");
	}

	@Test
	void aBodyTooLargeDoesNotHideAHastyRefusal() throws IOException {
		upstream.hasty();
		try (Socket socket = begin(body(100), 10_000_000)) {
			assertThat(status(socket)).isEqualTo("HTTP/1.1 401 Unauthorized");
		}
		assertThat(upstream.arrived()).isEqualTo(1);
	}

	@Test
	void aClientThatLeavesHalfwayIsForgotten() throws IOException {
		upstream.refuse((token) -> false);
		Socket socket = begin(body(5_000), 10_000);
		await().until(() -> upstream.received() == 5_000);
		socket.close();
		assertThat(upstream.seen()).isEmpty();
		assertThat(post("/mcp", BodyPublishers.ofString("{}")).statusCode()).isEqualTo(200);
	}

	private void assertChallenged(HttpResponse<byte[]> answer) {
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().allValues("www-authenticate")).containsExactly(
				"Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"Invalid access token\", "
						+ "resource_metadata=\"%s\""
							.formatted(gateway.url("/.well-known/oauth-protected-resource/mcp")));
		assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
		assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
		assertThat(answer.headers().allValues("access-control-allow-origin")).hasSizeLessThan(2);
		assertThat(answer.headers().map()).doesNotContainKeys("mcp-session-id", "atl-traceid", "content-language",
				"transfer-encoding");
		assertThat(new String(answer.body(), StandardCharsets.UTF_8))
			.isEqualTo("{\"error\":\"invalid_token\",\"error_description\":\"Invalid access token\"}");
	}

	private HttpResponse<byte[]> post(String path, BodyPublisher body, String... headers) {
		return post(path, this.tokens, body, headers);
	}

	private HttpResponse<byte[]> post(String path, TestClient.Tokens bearer, BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url(path))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Bearer " + bearer.accessToken())
			.POST(body);
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return this.http.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
	}

	private Socket begin(String half, int length) throws IOException {
		Socket socket = new Socket(gateway.url().getHost(), gateway.url().getPort());
		socket.setSoTimeout(20_000);
		send(socket, String.join("\r\n", List.of("POST /mcp HTTP/1.1", "Host: localhost",
				"Authorization: Bearer " + this.tokens.accessToken(), "Content-Length: " + length, "", half)));
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
	}

	private static String status(Socket socket) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = socket.getInputStream().read(); next >= 0
				&& next != '\r'; next = socket.getInputStream().read()) {
			line.append((char) next);
		}
		return line.toString();
	}

	private static BodyPublisher chunked(int size) {
		return BodyPublishers
			.ofInputStream(() -> new ByteArrayInputStream(body(size).getBytes(StandardCharsets.ISO_8859_1)));
	}

	private static String body(int size) {
		return "0123456789abcdef".repeat(size / 16 + 1).substring(0, size);
	}

}
