package dev.mcpbridge.translation.sseupstream;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.mcpbridge.translation.sseupstream.StreamableClient.Received;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Stream;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Flow;
import dev.mcpbridge.translation.TranslationListener.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Sinks;

import static dev.mcpbridge.translation.sseupstream.StreamableClient.request;
import static dev.mcpbridge.translation.sseupstream.StreamableClient.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class McpSseUpstreamServerTests extends SseUpstreamStage {

	@Test
	void aSessionBeginsWithAStreamAtTheUpstream() throws InterruptedException {
		HttpResponse<String> answer = client.with("MCP-Protocol-Version", "2025-06-18")
			.in("stale")
			.post(StreamableClient.initialize());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(answer.body()).contains("\"protocolVersion\":\"2025-06-18\"");
		assertThat(StreamableClient.session(answer)).matches("[0-9a-f]{32}");
		assertThat(upstream.opened()).containsIgnoringCase("accept: text/event-stream")
			.doesNotContainIgnoringCase("mcp-session-id")
			.doesNotContainIgnoringCase("content-type");
		assertThat(upstream.posted()).isEqualTo("/v1/sse/message?sessionId=upstream " + StreamableClient.initialize());
		assertThat(front.heard().opened()).isOne();
		assertThat(upstream.openStreams()).isOne();
	}

	@Test
	void aRequestIsAnsweredAsJsonByItsId() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.answering((message) -> result(message.contains("\"one\"") ? "\"1\"" : "1"));
		assertThat(session.post(request("\"1\"", "one", "{}")).body()).isEqualTo(result("\"1\""));
		assertThat(session.post(request("1", "two", "{}")).body()).isEqualTo(result("1"));
		await().untilAsserted(() -> assertThat(front.heard().flows()).containsExactlyInAnyOrder(Flow.TO_UPSTREAM,
				Flow.TO_UPSTREAM, Flow.TO_UPSTREAM, Flow.TO_CLIENT, Flow.TO_CLIENT, Flow.TO_CLIENT));
	}

	@Test
	void requestsInParallelGetTheirOwnAnswers() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(1, 9)
			.mapToObj((id) -> session.posting(request(String.valueOf(id), "ping", "{}")))
			.toList();
		for (int id = 1; id < 9; id++) {
			upstream.posted();
		}
		IntStream.range(1, 9).map((id) -> 9 - id).forEach((id) -> upstream.say(result(String.valueOf(id))));
		for (int id = 1; id < 9; id++) {
			assertThat(answers.get(id - 1).join().body()).isEqualTo(result(String.valueOf(id)));
		}
	}

	@Test
	void progressComesOneByOneAsEventsBeforeTheAnswer() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		CompletableFuture<Stream> opened = CompletableFuture
			.supplyAsync(() -> session.open(request("1", "tools/call", "{\"_meta\":{\"progressToken\":\"p\"}}")));
		upstream.posted();
		upstream.say(progress("\"other\"", 1));
		upstream.say(progress("\"p\"", 1));
		Stream stream = opened.join();
		assertThat(stream.response().headers().firstValue("content-type")).hasValue("text/event-stream");
		assertThat(stream.data()).isEqualTo(progress("\"p\"", 1));
		upstream.say(progress("\"p\"", 2));
		assertThat(stream.data()).isEqualTo(progress("\"p\"", 2));
		upstream.say(result("1"));
		assertThat(stream.rest()).containsExactly(result("1"));
	}

	@Test
	void whatIsNoRequestIsTakenWhenTheUpstreamHasTakenIt() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		HttpResponse<String> answer = session.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.body()).isEmpty();
		assertThat(upstream.posted()).endsWith("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
	}

	@Test
	void anErrorOfNoRequestDisturbsNobody() {
		StreamableClient session = client.initialized();
		upstream.answering((message) -> message.contains("initialized")
				? "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}"
				: result("1"));
		assertThat(session.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").statusCode())
			.isEqualTo(202);
		assertThat(session.post(request("1", "ping", "{}")).body()).isEqualTo(result("1"));
		assertThat(front.heard().refused()).containsExactly(Refused.UNKNOWN_ID);
	}

	@Test
	void aBatchIsPassedAsItIsAndAnsweredWhole() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		String batch = "[" + request("1", "ping", "{}") + "," + request("2", "ping", "{}") + "]";
		upstream.answering((message) -> "[" + result("2") + ",\n" + result("1") + "]");
		assertThat(session.with("Accept", "application/json").post(batch).body())
			.isEqualTo("[" + result("2") + "," + result("1") + "]");
		assertThat(upstream.posted()).endsWith(batch);
		Stream stream = session.with("Accept", "text/event-stream").open(batch);
		assertThat(stream.rest()).containsExactly(result("2"), result("1"));
	}

	@Test
	void clientsThatTakeNoJsonGetEvents() {
		StreamableClient session = client.initialized();
		upstream.answering((message) -> result("1"));
		Stream stream = session.with("Accept", "text/event-stream").open(request("1", "ping", "{}"));
		assertThat(stream.response().headers().firstValue("content-type")).hasValue("text/event-stream");
		assertThat(stream.rest()).containsExactly(result("1"));
	}

	@Test
	void aSlowAnswerBecomesAStream() throws InterruptedException {
		try (StreamableFront impatient = new StreamableFront(upstream.url(), StreamableFront.memory(),
				StreamableFront.LIMITS, "jsonWithin=50ms")) {
			StreamableClient session = impatient.client().initialized();
			Stream stream = session.with("MCP-Protocol-Version", "2025-11-25").open(request("1", "ping", "{}"));
			Received prime = stream.next();
			assertThat(prime.data()).isEmpty();
			assertThat(prime.id()).isNotEmpty();
			upstream.say(result("1"));
			assertThat(stream.rest()).containsExactly(result("1"));
		}
	}

	@Test
	void anUpstreamMayAnswerThePostOnlyWhenItIsDone() throws InterruptedException {
		StreamableClient session = client.initialized();
		Sinks.Empty<Void> done = Sinks.empty();
		upstream.holding(done.asMono()).answering((message) -> progress("1", 1));
		Stream stream = session.open(request("1", "tools/call", "{\"_meta\":{\"progressToken\":1}}"));
		assertThat(stream.data()).isEqualTo(progress("1", 1));
		upstream.say(result("1"));
		done.tryEmitEmpty();
		assertThat(stream.rest()).containsExactly(result("1"));
	}

	@Test
	void aRequestThatIsTakenBackIsWaitedForNoMore() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		CompletableFuture<Stream> waiting = CompletableFuture
			.supplyAsync(() -> session.open(request("1", "tools/call", "{}")));
		upstream.posted();
		String cancelled = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";
		assertThat(session.post(cancelled).statusCode()).isEqualTo(202);
		assertThat(upstream.posted()).endsWith(cancelled);
		assertThat(waiting.join().rest()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "401", "403", "429", "503", "400" })
	void whatTheUpstreamRefusesIsRefused(int status) {
		StreamableClient session = client.initialized();
		upstream.takingWith(status);
		HttpResponse<String> answer = session.post(request("1", "ping", "{}"));
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.body()).isEqualTo("{\"error\":\"theirs\"}");
		assertThat(session.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").statusCode())
			.isEqualTo(status);
		upstream.takingWith(202).answering((message) -> result("1"));
		assertThat(session.post(request("1", "ping", "{}")).body()).isEqualTo(result("1"));
	}

	@Test
	void anUpstreamThatForgotTheSessionAndTakesNoOtherEndsOurs() {
		StreamableClient session = client.initialized();
		upstream.takingWith(404);
		assertThat(session.post(request("1", "ping", "{}")).statusCode()).isEqualTo(503);
		await().until(() -> upstream.openStreams() == 0);
		await().untilAsserted(() -> assertThat(session.post(request("2", "ping", "{}")).body()).contains("-32001"));
		assertThat(front.heard().ends()).containsExactly(End.UPSTREAM_ENDED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 500 })
	void aStreamTheUpstreamDoesNotOpenIsNoSession(int status) {
		upstream.openingWith(status);
		HttpResponse<String> answer = client.post(StreamableClient.initialize());
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(StreamableClient.session(answer)).isEqualTo("none");
		assertThat(front.heard().opened()).isZero();
		await().until(() -> front.flights() == 0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 404, 500 })
	void anInitializeTheUpstreamDoesNotTakeLeavesNothingOpen(int status) {
		upstream.takingWith(status);
		HttpResponse<String> answer = client.post(StreamableClient.initialize());
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(StreamableClient.session(answer)).isEqualTo("none");
		await().until(() -> upstream.openStreams() == 0 && front.flights() == 0);
	}

	@Test
	void anErrorAsTheAnswerToInitializeIsNoSession() {
		String error = "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32602,\"message\":\"no\"}}";
		upstream.answering((message) -> error);
		HttpResponse<String> answer = client.post(StreamableClient.initialize());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(error);
		assertThat(StreamableClient.session(answer)).isEqualTo("none");
		await().until(() -> upstream.openStreams() == 0 && front.flights() == 0);
	}

	@Test
	void aClientThatLeavesBeforeItHasASessionLeavesNothingOpen() throws InterruptedException {
		upstream.answering((message) -> null);
		CompletableFuture<HttpResponse<String>> waiting = client.posting(StreamableClient.initialize());
		upstream.posted();
		waiting.cancel(true);
		await().until(() -> upstream.openStreams() == 0 && front.flights() == 0);
		assertThat(front.heard().ends()).containsExactly(End.CLIENT_LEFT);
	}

	@Test
	void anUpstreamThatNamesNoEndpointInTimeIsGivenUp() {
		upstream.beginning(": nothing\n\n");
		try (StreamableFront impatient = new StreamableFront(upstream.url(), StreamableFront.memory(),
				StreamableFront.LIMITS, "jsonWithin=10s,openWithin=50ms")) {
			assertThat(impatient.client().post(StreamableClient.initialize()).statusCode()).isEqualTo(504);
			await().until(() -> upstream.openStreams() == 0 && impatient.flights() == 0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://other.example/message", "//other.example/message", "https://localhost/message",
			"/v1/../admin", "/v1/%2e%2e/admin", "http://user@localhost/x", "/a\\b", "javascript:alert(1)" })
	void anEndpointElsewhereIsRefused(String endpoint) {
		upstream.beginning("event: endpoint\ndata: " + endpoint + "\n\n");
		assertThat(client.post(StreamableClient.initialize()).statusCode()).isEqualTo(502);
		assertThat(front.heard().refused()).containsExactly(Refused.ENDPOINT);
		await().until(() -> upstream.openStreams() == 0 && front.flights() == 0);
	}

	@Test
	void aStreamThatBeginsWithSomethingElseIsRefused() {
		upstream.beginning("event: message\ndata: " + result("0") + "\n\n");
		assertThat(client.post(StreamableClient.initialize()).statusCode()).isEqualTo(502);
		assertThat(front.heard().refused()).containsExactly(Refused.ENDPOINT);
	}

	@ParameterizedTest
	@CsvSource({ "message?s=1, /v1/message?s=1", "?s=1, /v1/sse?s=1", "/say, /say" })
	void anEndpointIsResolvedAgainstTheStream(String endpoint, String posted) throws InterruptedException {
		upstream.beginning("event: endpoint\ndata: " + endpoint + "\n\n");
		client.initialized();
		assertThat(upstream.posted()).startsWith(posted + " ");
	}

	private static String progress(String token, int step) {
		return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":%s,\"progress\":%d}}"
			.formatted(token, step);
	}

}
