package dev.mcpbridge.translation.sseclients;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.sseclients.StreamableScript.Asked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that open a new stream after a cut and go on in it, as if their session were
 * the old one.
 */
class McpSseClientsGoingOnServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

	private static final String NOTIFICATION = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}";

	private static final StreamableScript upstream = new StreamableScript();

	private static final LegacyFront front = new LegacyFront();

	private static final TestGateway gateway = front.alone(upstream.url()).start();

	private final LegacyClient client = LegacyClient.open(gateway.url(), "any");

	@AfterEach
	void nothingIsLeft() {
		this.client.close();
		front.awaitNothing();
		await().atMost(PATIENCE).until(upstream.open::get, (open) -> open == 0);
		upstream.reset();
	}

	@AfterAll
	static void close() {
		gateway.close();
		front.close();
		upstream.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { REQUEST, NOTIFICATION, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}" })
	void aSessionBeginsBeforeTheFirstMessage(String first) {
		upstream.get = (asked, response) -> StreamableScript.events(response, Flux.never());
		assertThat(this.client.post(first).statusCode()).isEqualTo(202);
		await().atMost(PATIENCE).until(() -> upstream.asked("GET").size(), (count) -> count == 1);
		assertThat(posted()).hasSize(3).element(0).asString().contains("\"initialize\"", "2024-11-05");
		assertThat(posted().subList(1, 3)).containsExactly(LegacyClient.INITIALIZED, first);
		assertThat(upstream.asked("POST").subList(1, 3)).allSatisfy(McpSseClientsGoingOnServerTests::isWithin);
		assertThat(upstream.asked("GET")).allSatisfy(McpSseClientsGoingOnServerTests::isWithin);
	}

	@Test
	void theClientGetsNothingButItsAnswer() {
		this.client.post(REQUEST);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
		this.client.post(REQUEST.replace("2,", "\"three\","));
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
		assertThat(initializations()).isEqualTo(1);
	}

	@Test
	void anUpstreamWithoutSessionsIsInitializedOnce() {
		upstream.initialize = (asked, response) -> StreamableScript.json(response, 200,
				"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
		this.client.post(REQUEST);
		this.client.post(REQUEST);
		assertThat(initializations()).isEqualTo(1);
		assertThat(upstream.asked("POST")).last().satisfies((asked) -> {
			assertThat(asked.headers().contains("Mcp-Session-Id")).isFalse();
			assertThat(asked.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
		});
	}

	@Test
	void theAnswerMayComeAmongEvents() {
		upstream.initialize = (asked,
				response) -> StreamableScript.events(response.header("Mcp-Session-Id", StreamableScript.SESSION), Flux
					.just("data: " + NOTIFICATION + "\n\n",
							"data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}\n\n")
					.concatWith(Mono.never()));
		assertThat(this.client.post(REQUEST).statusCode()).isEqualTo(202);
		assertThat(this.client.next().path("method").asString()).isEqualTo("notifications/x");
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
	}

	@Test
	void messagesThatComeAtOnceShareOneSession() {
		Sinks.Empty<Void> go = Sinks.empty();
		upstream.beforeBeginning = go.asMono();
		List<CompletableFuture<HttpResponse<String>>> posts = List.of(this.client.begin(REQUEST),
				this.client.begin(REQUEST), this.client.begin(NOTIFICATION));
		await().atMost(PATIENCE).until(front.flights()::underWay, (flights) -> flights == 4);
		go.tryEmitEmpty().orThrow();
		assertThat(posts).allSatisfy((post) -> assertThat(post.join().statusCode()).isEqualTo(202));
		assertThat(initializations()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 429, 500 })
	void aRefusalIsTheMessages(int status) {
		upstream.initialize = (asked, response) -> StreamableScript
			.json(response.header("WWW-Authenticate", "Bearer error=\"invalid_token\""), status, "{\"error\":\"no\"}");
		HttpResponse<String> answer = this.client.post(REQUEST);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.body()).isEqualTo("{\"error\":\"no\"}");
		assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
		upstream.reset();
		assertThat(this.client.post(REQUEST).statusCode()).isEqualTo(202);
		assertThat(posted()).last().isEqualTo(REQUEST);
	}

	@Test
	void aSessionThatIsNotConfirmedIsEnded() {
		upstream.post = (asked, response) -> response.status(503).send();
		assertThat(this.client.post(REQUEST).statusCode()).isEqualTo(503);
		assertThat(posted()).doesNotContain(REQUEST);
		assertThat(upstream.asked("DELETE")).hasSize(1).allSatisfy(McpSseClientsGoingOnServerTests::isWithin);
	}

	@Test
	void anErrorInsteadOfASessionIsAFailure() {
		upstream.initialize = (asked, response) -> StreamableScript.json(response, 200,
				"{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"no\"}}");
		HttpResponse<String> answer = this.client.post(REQUEST);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(answer.body()).contains("does not begin a session");
	}

	@Test
	void whatTheClientBeginsItselfReplacesIt() {
		upstream.get = (asked, response) -> StreamableScript.events(response, Flux.never());
		this.client.post(REQUEST);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
		upstream.initialize = (asked, response) -> StreamableScript.json(
				response.header("Mcp-Session-Id", "another-session"), 200,
				"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
		this.client.post(LegacyClient.INITIALIZE);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(1);
		await().atMost(PATIENCE).until(() -> upstream.asked("DELETE").size(), (count) -> count == 1);
		assertThat(upstream.asked("DELETE")).allSatisfy(McpSseClientsGoingOnServerTests::isWithin);
		this.client.post(REQUEST);
		assertThat(upstream.asked("POST")).last()
			.satisfies((asked) -> assertThat(asked.header("Mcp-Session-Id")).isEqualTo("another-session"));
	}

	@Test
	void theStreamOfAnotherSessionFollowsTheOld() {
		upstream.get = (asked, response) -> asked.header("Mcp-Session-Id").equals("another-session")
				? StreamableScript.events(response,
						Flux.just("data: " + NOTIFICATION + "\n\n").concatWith(Mono.never()))
				: response.status(503).send();
		this.client.post(REQUEST);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
		upstream.initialize = (asked, response) -> StreamableScript.json(
				response.header("Mcp-Session-Id", "another-session"), 200,
				"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
		this.client.post(LegacyClient.INITIALIZE);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(1);
		var anew = upstream.get;
		upstream.get = (asked, response) -> asked.header("Mcp-Session-Id").equals("another-session")
				? anew.apply(asked, response) : response.status(404).send();
		assertThat(this.client.next().path("method").asString()).isEqualTo("notifications/x");
	}

	private static void isWithin(Asked asked) {
		assertThat(asked.header("Mcp-Session-Id")).isEqualTo(StreamableScript.SESSION);
		assertThat(asked.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
	}

	private static List<String> posted() {
		return upstream.asked("POST").stream().map(Asked::body).toList();
	}

	private static long initializations() {
		return posted().stream().filter((body) -> body.contains("\"initialize\"")).count();
	}

}
