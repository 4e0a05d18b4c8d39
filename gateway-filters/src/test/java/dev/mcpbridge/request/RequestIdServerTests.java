package dev.mcpbridge.request;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GlobalFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The client is told the id of its request with every answer, and each log line the
 * request causes names it, on whatever thread.
 */
class RequestIdServerTests {

	static final String ID = "what-the-client-saw";

	static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
			"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	/** Has ids of its own. */
	static final TestUpstream upstream = new TestUpstream((request, response) -> {
		response.addHeader("X-Request-Id", "theirs").addHeader("x-request-id", "another");
		return request.uri().endsWith("/events") ? response.sse().sendString(Flux.just("data: 1\n\n", "data: 2\n\n"))
				: response.sendString(Mono.just("plain"));
	});

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.unguarded()
		.property("mcp.bridge.token.lifetime", "PT8H")
		.bean(GlobalFilter.class,
				(exchange, chain) -> exchange.getRequest().getHeaders().containsHeader("x-defect")
						? Mono.delay(Duration.ofMillis(1)).then(Mono.error(new IllegalStateException("ours")))
						: chain.filter(exchange))
		.route("foreign", URI.create(upstream.url()), "/foreign/**", "StripPrefix=1")
		.route("ours", URI.create(upstream.url()), "/ours/**", "McpHeaders=X-Request-Id", "McpStream=15s,5m,/x,1KB")
		.route("down", URI.create("http://localhost:1"), "/down", "McpChallenge")
		.start();

	static final LogLines log = LogLines.listen();

	final Browser browser = new Browser();

	@AfterAll
	static void stop() {
		log.close();
		gateway.close();
		atlassian.close();
		upstream.close();
		Hooks.disableAutomaticContextPropagation();
	}

	@BeforeEach
	void forget() {
		log.forget();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
	}

	@ParameterizedTest
	@CsvSource({ "/mcp, 401", "/nothing, 404", "/register, 400", "/jwks.json, 200", "/foreign/plain, 200",
			"/foreign/events, 200", "/ours/plain, 200", "/ours/events, 200", "/down, 503" })
	void everyAnswerNamesTheRequestOnce(String path, int status) {
		boolean posted = path.equals("/register");
		HttpRequest.Builder request = posted
				? request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString("nonsense"))
				: request(path).GET();
		HttpResponse<String> answer = this.browser.send(request);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().allValues(RequestIds.HEADER)).containsExactly(ID);
	}

	@Test
	void whatIsTooLargeIsNamedToo() {
		HttpResponse<String> answer = this.browser
			.send(request("/ours/plain").POST(BodyPublishers.ofString("x".repeat(2000))));
		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(answer.headers().allValues(RequestIds.HEADER)).containsExactly(ID);
	}

	@Test
	void aDefectOfOursIsFoundByWhatTheClientSaw() {
		HttpResponse<String> answer = this.browser.send(request("/ours/plain").header("x-defect", "1").GET());
		assertThat(answer.statusCode()).isEqualTo(500);
		assertThat(answer.headers().allValues(RequestIds.HEADER)).containsExactly(ID);
		assertThat(log.requestsOf("500 Server Error")).containsExactly(ID);
	}

	@Test
	void anIdTheGatewayMadeIsTheOneItLogs() {
		HttpResponse<String> answer = this.browser.send(HttpRequest.newBuilder(gateway.url("/down")).GET());
		String made = answer.headers().firstValue(RequestIds.HEADER).orElseThrow();
		assertThat(made).matches("[0-9a-f]{32}");
		assertThat(log.requestsOf("upstream failed status=503")).containsExactly(made);
	}

	@Test
	void theUpstreamIsNotToldWhereHeadersAreOurs() {
		this.browser.send(request("/ours/plain").GET());
		assertThat(upstream.last().headers().contains(RequestIds.HEADER)).isFalse();
	}

	@Test
	void ourOwnEndpointsLogIt() {
		String client = TestClient.register(gateway.url()).clientId();
		this.browser.post(gateway.url("/access-token"),
				Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", "nonsense"),
				RequestIds.HEADER, ID);
		assertThat(log.requestsOf("token refused")).containsExactly(ID);
	}

	@Test
	void aRefreshThatIsWaitedForIsOfWhoeverBeganIt() {
		TestClient client = TestClient.register(gateway.url());
		String token = client.signIn().accessToken();
		atlassian.clock().advance(Duration.ofMinutes(56));
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(500));
		assertThat(client.call("/mcp", token, INITIALIZE, RequestIds.HEADER, ID).statusCode()).isEqualTo(503);
		assertThat(log.requestsOf("refresh postponed")).containsExactly(ID);
	}

	@Test
	void aRefreshAheadIsOfTheRequestThatBeganItEvenWhenThatIsAnswered() {
		TestClient client = TestClient.register(gateway.url());
		String token = client.signIn().accessToken();
		atlassian.clock().advance(Duration.ofMinutes(52));
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(500));
		assertThat(client.call("/mcp", token, INITIALIZE, RequestIds.HEADER, ID).statusCode()).isEqualTo(200);
		await().untilAsserted(() -> assertThat(log.requestsOf("refresh postponed")).containsExactly(ID));
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(gateway.url(path)).header(RequestIds.HEADER, ID);
	}

}
