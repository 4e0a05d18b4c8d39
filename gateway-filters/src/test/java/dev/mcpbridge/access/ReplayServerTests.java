package dev.mcpbridge.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An upstream that ends tokens before their time, as a client sees it: not at all.
 */
class ReplayServerTests {

	static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
			"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

	static final String LIST = """
			{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final HeardAccess heard = new HeardAccess();

	static final TestGateway gateway = TestGateway.of(Application.class)
		.clock(atlassian.clock())
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.authorization-server.enabled", "true")
		.route("mcp", atlassian.url(), "/mcp", "McpBridge", "SetPath=/v1/mcp")
		.route("sse", atlassian.url(), "/sse", "McpBridge=5m,15s,5m,/sse/message", "SetPath=/v1/sse")
		.route("message", atlassian.url(), "/sse/message", "McpBridge", "SetPath=/v1/sse/message")
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	final TestClient.Tokens tokens = client.signIn();

	int refreshes;

	int requests;

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void aMinuteLater() {
		atlassian.clock().advance(Duration.ofMinutes(1));
		heard.words().clear();
		count();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
		atlassian.refuseFreshTokens(0);
	}

	@Test
	void aPostIsAnsweredAfterOneRefresh() {
		atlassian.expireAllAccessTokens();
		HttpResponse<String> answer = client.initialize(this.tokens.accessToken());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"protocolVersion\"");
		assertSentTwiceWithOneRefresh();
		assertThat(heard.words()).containsExactly("forced ROTATED", "replayed REFRESHED true");
	}

	@Test
	void aPostAnsweredAsAStreamIsAnsweredAfterOneRefresh() {
		atlassian.expireAllAccessTokens();
		HttpResponse<String> answer = send(
				request("/mcp", "Accept", "text/event-stream").POST(BodyPublishers.ofString(INITIALIZE)));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().allValues("content-type")).containsExactly("text/event-stream");
		assertThat(answer.body()).contains("data: ", "\"protocolVersion\"");
		assertSentTwiceWithOneRefresh();
	}

	@Test
	void aStreamOpensAfterOneRefresh() throws IOException {
		String session = session();
		atlassian.expireAllAccessTokens();
		HttpResponse<InputStream> stream = open(
				request("/mcp", "Accept", "text/event-stream", "Mcp-Session-Id", session));
		assertThat(stream.statusCode()).isEqualTo(200);
		await().until(() -> atlassian.openStreams() == 1);
		assertSentTwiceWithOneRefresh();
		stream.body().close();
		await().until(() -> atlassian.openStreams() == 0);
	}

	@Test
	void aSessionEndsAfterOneRefresh() {
		String session = session();
		atlassian.expireAllAccessTokens();
		assertThat(send(request("/mcp", "Mcp-Session-Id", session).DELETE()).statusCode()).isEqualTo(204);
		assertSentTwiceWithOneRefresh();
		assertThat(send(request("/mcp", "Mcp-Session-Id", session).DELETE()).statusCode()).isEqualTo(404);
	}

	@Test
	void theOldTransportGoesOnAfterOneRefresh() throws IOException {
		HttpResponse<InputStream> stream = open(request("/sse", "Accept", "text/event-stream"));
		try (BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
			String endpoint = data(events);
			assertThat(endpoint).startsWith("/sse/message?sessionId=");
			atlassian.expireAllAccessTokens();
			count();
			assertThat(send(request(endpoint).POST(BodyPublishers.ofString(LIST))).statusCode()).isEqualTo(202);
			assertSentTwiceWithOneRefresh();
			assertThat(data(events)).contains("\"id\":2");
		}
	}

	@Test
	void aHundredRequestsWithARefusedTokenCauseOneRefreshAndAllAreAnswered() {
		atlassian.expireAllAccessTokens();
		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 100)
			.mapToObj((index) -> request("/mcp", "Accept", "application/json").POST(BodyPublishers.ofString(INITIALIZE))
				.build())
			.map((request) -> this.http.sendAsync(request, BodyHandlers.ofString()))
			.toList();
		assertThat(calls).allSatisfy((call) -> assertThat(call.join().statusCode()).isEqualTo(200));
		assertThat(atlassian.refreshes()).isEqualTo(this.refreshes + 1);
	}

	@Test
	void aFreshTokenThatIsRefusedOnceIsTriedAgainWithoutARefresh() {
		atlassian.refuseFreshTokens(1);
		TestClient.Tokens fresh = client.signIn();
		count();
		assertThat(client.initialize(fresh.accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.mcpRequests()).isEqualTo(this.requests + 2);
		assertThat(atlassian.refreshes()).isEqualTo(this.refreshes);
		assertThat(heard.words()).containsExactly("replayed JUST_MINTED true");
	}

	@Test
	void aRenewedTokenThatIsRefusedOnceIsTriedAgain() {
		atlassian.expireAllAccessTokens();
		atlassian.refuseFreshTokens(1);
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.mcpRequests()).isEqualTo(this.requests + 3);
		assertThat(atlassian.refreshes()).isEqualTo(this.refreshes + 1);
		assertThat(heard.words()).containsExactly("forced ROTATED", "replayed REFRESHED false",
				"replayed JUST_MINTED true");
	}

	@Test
	void aTokenEndpointThatIsDownIs503AndNeverAChallenge() {
		atlassian.expireAllAccessTokens();
		atlassian.faults().always(Endpoint.TOKEN, Fault.tooManyRequests(Duration.ofSeconds(30)));
		HttpResponse<String> answer = client.initialize(this.tokens.accessToken());
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().allValues("retry-after")).containsExactly("30");
		assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
		assertThat(heard.words()).containsExactly("forced UNREACHABLE", "unavailable REFRESH");
	}

	@Test
	void aGrantThatHasEndedIsChallengedWithoutAnotherTry() {
		atlassian.expireAllAccessTokens();
		atlassian.forgetClients();
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(atlassian.mcpRequests()).isEqualTo(this.requests + 1);
		assertThat(heard.words()).containsExactly("forced REVOKED", "challenged REVOKED");
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(atlassian.mcpRequests()).as("the end is remembered").isEqualTo(this.requests + 1);
	}

	@Test
	void anyOtherStatusPasses() {
		atlassian.faults().next(1, Endpoint.MCP, Fault.status(403));
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(403);
		assertThat(atlassian.mcpRequests()).isEqualTo(this.requests + 1);
		assertThat(heard.words()).isEmpty();
	}

	@Test
	void anUpstreamThatGoesAwayBetweenTheTriesIs502() {
		atlassian.faults().next(1, Endpoint.MCP, Fault.status(401));
		atlassian.faults().always(Endpoint.MCP, Fault.loseAnswer());
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(502);
	}

	private void count() {
		this.refreshes = atlassian.refreshes();
		this.requests = atlassian.mcpRequests();
	}

	private void assertSentTwiceWithOneRefresh() {
		List<ReceivedRequest> all = atlassian.requests();
		assertThat(all).hasSizeGreaterThanOrEqualTo(2);
		ReceivedRequest first = all.get(all.size() - 2);
		ReceivedRequest second = all.get(all.size() - 1);
		assertThat(atlassian.mcpRequests()).isEqualTo(this.requests + 2);
		assertThat(second).usingRecursiveComparison().ignoringFields("headers").isEqualTo(first);
		assertThat(second.header("authorization")).isNotEqualTo(first.header("authorization"));
		assertThat(second.headers().keySet()).isEqualTo(first.headers().keySet());
		assertThat(atlassian.refreshes()).isEqualTo(this.refreshes + 1);
	}

	private String session() {
		HttpResponse<String> answer = client.initialize(this.tokens.accessToken());
		count();
		return answer.headers().firstValue("mcp-session-id").orElseThrow();
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url(path))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Bearer " + this.tokens.accessToken())
			.header("Content-Type", "application/json");
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return this.http.sendAsync(request.build(), BodyHandlers.ofString()).join();
	}

	private HttpResponse<InputStream> open(HttpRequest.Builder request) {
		return this.http.sendAsync(request.build(), BodyHandlers.ofInputStream()).join();
	}

	private static String data(BufferedReader events) throws IOException {
		String line = events.readLine();
		while (!line.startsWith("data: ")) {
			line = events.readLine();
		}
		return line.substring("data: ".length());
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AccessListener heardAccess() {
			return heard;
		}

	}

}
