package dev.mcpbridge.translation.sseclients;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Refused;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The filter alone, and everything an upstream may answer.
 */
class McpSseClientsAnswersServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}";

	private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"x\":\"y\"}}";

	private static final String PROGRESS = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}";

	private static final StreamableScript upstream = new StreamableScript();

	private static final LegacyFront front = new LegacyFront();

	private static final TestGateway gateway = front.alone(upstream.url())
		.route("dead", URI.create("http://localhost:1"), "/dead", "McpChallenge", "McpSseClients")
		.start();

	private final LegacyClient client = LegacyClient.open(gateway.url(), "any");

	/** Without the notification there is no stream of the upstream's own. */
	@BeforeEach
	void aSessionHasBegun() {
		this.client.post(LegacyClient.INITIALIZE);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(1);
		upstream.asked.clear();
	}

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

	@Test
	void whatIsNoStreamAndNoMessageIsRefused() {
		assertThat(status("/sse", "GET", "application/json").statusCode()).isEqualTo(406);
		HttpResponse<String> put = status("/sse/message", "PUT", "*/*");
		assertThat(put.statusCode()).isEqualTo(405);
		assertThat(put.headers().firstValue("allow")).hasValue("GET, POST");
	}

	@ParameterizedTest
	@ValueSource(strings = { "AAAAAAAAAAAAAAAAAAAAAA", "x", "../../../etc", "%00" })
	void aSessionThatIsNotOpenIsNotFound(String session) {
		HttpResponse<String> answer = post("/sse/message?sessionId=" + session, REQUEST);
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("-32001").contains("jsonrpc");
		assertThat(front.heard().refused).containsExactly(Refused.UNKNOWN_SESSION);
	}

	@Test
	void aMessageWithoutSessionIsRefused() {
		assertThat(post("/sse/message", REQUEST).statusCode()).isEqualTo(405);
		assertThat(post("/sse", LegacyClient.INITIALIZE).statusCode()).isEqualTo(405);
		assertThat(front.heard().refused).containsExactly(Refused.NO_SESSION, Refused.NO_SESSION);
	}

	@Test
	void whatIsNoMessageIsRefused() {
		assertThat(this.client.post("{").body()).contains("-32700");
		assertThat(this.client.post("{}").statusCode()).isEqualTo(400);
		assertThat(this.client.post("[" + "1,".repeat(40_000) + "1]").statusCode()).isEqualTo(413);
		assertThat(front.heard().refused).containsExactly(Refused.MALFORMED, Refused.MALFORMED, Refused.TOO_LARGE);
		assertThat(upstream.asked).isEmpty();
	}

	@Test
	void headersThatSayOtherThanTheBodyAreRefused() {
		HttpResponse<String> answer = LegacyClient.send(LegacyClient.request(gateway.url(this.client.endpoint()), "any")
			.header("Mcp-Name", "anything")
			.POST(BodyPublishers.ofString(REQUEST)), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("-32020");
		assertThat(upstream.asked).isEmpty();
	}

	@Test
	void aRequestIsSentAsTheUpstreamExpectsIt() {
		this.client.post(LegacyClient.INITIALIZED);
		this.client.post(REQUEST);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
		assertThat(upstream.asked("POST")).last().satisfies((asked) -> {
			assertThat(asked.body()).isEqualTo(REQUEST);
			assertThat(asked.header("Mcp-Session-Id")).isEqualTo(StreamableScript.SESSION);
			assertThat(asked.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
			assertThat(asked.header("Accept")).contains("application/json").contains("text/event-stream");
		});
	}

	@Test
	void aRefusalThatIsAnAnswerComesOnTheStream() {
		upstream.post = (asked, response) -> StreamableScript.json(response, 400,
				"{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32602,\"message\":\"no\"}}");
		assertThat(this.client.post(REQUEST).statusCode()).isEqualTo(202);
		assertThat(this.client.next().at("/error/code").asInt()).isEqualTo(-32602);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 429, 500, 503 })
	void anyOtherRefusalIsTheClients(int status) {
		upstream.post = (asked, response) -> StreamableScript.json(response.header("Retry-After", "7"), status,
				"{\"error\":\"no\"}");
		HttpResponse<String> answer = this.client.post(REQUEST);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.body()).isEqualTo("{\"error\":\"no\"}");
		assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
	}

	@Test
	void anUpstreamThatIsNotThereIsUnavailable() {
		assertThat(post(this.client.endpoint().replace("/sse/message", "/dead"), REQUEST).statusCode()).isEqualTo(503);
	}

	@Test
	void everyByteMayComeAlone() {
		String stream = ": hi\r\n\r\nevent: message\ndata: " + PROGRESS
				+ "\n\nid: 1\ndata:\n\ndata: {\"jsonrpc\":\"2.0\",\n"
				+ "data: \"id\":2,\"result\":{\"x\":\"\u00c3\u00a4\"}}\r\n\r\n";
		upstream.post = (asked, response) -> StreamableScript.events(response, Flux.fromArray(stream.split("")));
		assertThat(this.client.post(REQUEST).statusCode()).isEqualTo(202);
		assertThat(this.client.next().path("method").asString()).isEqualTo("notifications/progress");
		assertThat(this.client.next().at("/result/x").asString()).isEqualTo("\u00e4");
	}

	@ParameterizedTest
	@ValueSource(strings = { ": hi\n\n", "data: " + PROGRESS + "\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"res" })
	void whoeverWaitsForABrokenAnswerIsTold(String begun) {
		upstream.post = (asked, response) -> StreamableScript.cut(response, begun);
		this.client.post("[" + REQUEST + "," + REQUEST.replace("2,", "\"three\",") + "]");
		if (begun.contains("progress")) {
			assertThat(this.client.next().has("method")).isTrue();
		}
		assertBroken(this.client.next(), "2");
		assertBroken(this.client.next(), "three");
	}

	@Test
	void aStreamWithIdsGoesOnWhereItBroke() {
		AtomicInteger times = new AtomicInteger();
		upstream.post = (asked, response) -> StreamableScript.cut(response,
				"id: 1\nretry: 10\ndata:\n\nid: 2\ndata: " + PROGRESS + "\n\nid: 3\ndata: {\"half");
		upstream.get = (asked, response) -> (times.incrementAndGet() == 1) ? StreamableScript.cut(response, ":\n\n")
				: StreamableScript.events(response,
						Flux.just("id: 3\ndata: " + RESULT + "\n\n").concatWith(Mono.never()));
		this.client.post(REQUEST);
		assertThat(this.client.next().has("method")).isTrue();
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
		assertThat(upstream.asked("GET")).hasSize(2)
			.allSatisfy((asked) -> assertThat(asked.header("Last-Event-ID")).isEqualTo("2"));
	}

	@Test
	void whoeverWaitsInVainIsTold() {
		upstream.post = (asked, response) -> StreamableScript.events(response,
				Flux.just("id: 1\nretry: 10\ndata:\n\n"));
		upstream.get = (asked, response) -> StreamableScript.cut(response, ":\n\n");
		this.client.post(REQUEST);
		assertBroken(this.client.next(), "2");
		assertThat(upstream.asked("GET")).hasSize(3);
	}

	@Test
	void anAnswerThatIsTooLargeIsAnError() {
		String large = RESULT.replace("y", "y".repeat(70_000));
		upstream.post = (asked, response) -> asked.body().contains("ping")
				? StreamableScript.events(response, Flux.just("data: " + large + "\n\n"))
				: StreamableScript.json(response, 200, large);
		this.client.post(REQUEST);
		assertBroken(this.client.next(), "2");
		this.client.post(REQUEST.replace("ping", "tools/list"));
		assertBroken(this.client.next(), "2");
	}

	@Test
	void theUpstreamsStreamEndsWithItsSession() {
		upstream.get = (asked, response) -> response.status(404).send();
		this.client.post(LegacyClient.INITIALIZED);
		this.client.awaitEnd();
		front.awaitEnd(End.UPSTREAM_ENDED);
		assertThat(upstream.asked("DELETE")).isEmpty();
	}

	@Test
	void anUpstreamWithoutAStreamIsAskedOnce() {
		this.client.post(LegacyClient.INITIALIZED);
		await().atMost(PATIENCE).until(() -> upstream.asked("GET").size(), (count) -> count == 1);
		this.client.post(REQUEST);
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
		assertThat(upstream.asked("GET")).hasSize(1);
	}

	@Test
	void aClientThatLeavesLetsGoOfTheUpstream() {
		upstream.post = (asked, response) -> asked.body().contains("ping") ? Mono.never()
				: StreamableScript.events(response, Flux.never());
		this.client.post(REQUEST.replace("ping", "tools/list"));
		this.client.begin(REQUEST);
		await().atMost(PATIENCE).until(upstream.open::get, (open) -> open == 2);
		this.client.close();
		await().atMost(PATIENCE).until(upstream.open::get, (open) -> open == 0);
	}

	@Test
	void aSessionThatBeginsTooLateIsEnded() {
		Sinks.Empty<Void> go = Sinks.empty();
		upstream.beforeBeginning = go.asMono();
		LegacyClient other = open();
		other.begin(LegacyClient.INITIALIZE);
		await().atMost(PATIENCE).until(upstream.open::get, (open) -> open == 1);
		other.close();
		front.awaitEnd(End.CLIENT_LEFT);
		await().atMost(PATIENCE).until(front.flights()::underWay, (flights) -> flights == 1);
		go.tryEmitEmpty().orThrow();
		await().atMost(PATIENCE).until(() -> upstream.asked("DELETE").size(), (count) -> count == 1);
		assertThat(upstream.asked("DELETE").get(0).header("Mcp-Session-Id")).isEqualTo(StreamableScript.SESSION);
	}

	@Test
	void aRequestOutlivesItsPost() {
		Sinks.Empty<Void> go = Sinks.empty();
		upstream.post = (asked, response) -> go.asMono().then(Mono.from(StreamableScript.json(response, 200, RESULT)));
		CompletableFuture<?> posting = this.client.begin(REQUEST);
		await().atMost(PATIENCE).until(upstream.open::get, (open) -> open == 1);
		posting.cancel(true);
		go.tryEmitEmpty().orThrow();
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
	}

	@Test
	void noMoreSessionsAreOpenedThanTheBound() {
		LegacyClient[] others = { open(), open(), open(), open() };
		HttpResponse<String> answer = status("/sse", "GET", "text/event-stream");
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("retry-after")).isPresent();
		for (LegacyClient other : others) {
			other.close();
		}
	}

	@Test
	void noMoreRequestsAreUnderWayThanTheBound() {
		upstream.post = (asked, response) -> StreamableScript.events(response, Flux.never());
		for (int i = 0; i < 10; i++) {
			assertThat(this.client.post(REQUEST).statusCode()).isEqualTo(202);
		}
		assertThat(this.client.post(REQUEST).statusCode()).isEqualTo(429);
		assertThat(front.heard().refused).containsExactly(Refused.TOO_MANY);
	}

	private static void assertBroken(JsonNode message, String id) {
		assertThat(message.at("/error/code").asInt()).isEqualTo(-32603);
		assertThat(message.path("id").asString()).isEqualTo(id);
	}

	private static LegacyClient open() {
		return LegacyClient.open(gateway.url(), "any");
	}

	private static HttpResponse<String> post(String path, String body) {
		return LegacyClient.send(LegacyClient.request(gateway.url(path), "any").POST(BodyPublishers.ofString(body)),
				BodyHandlers.ofString());
	}

	private static HttpResponse<String> status(String path, String method, String accept) {
		return LegacyClient.send(LegacyClient.request(gateway.url(path), "any")
			.header("Accept", accept)
			.method(method, BodyPublishers.noBody()), BodyHandlers.ofString());
	}

}
