package dev.mcpbridge.translation.sseupstream;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Received;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Stream;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.translation.sseupstream.StreamableClient.request;
import static dev.mcpbridge.translation.sseupstream.StreamableClient.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions and their streams, from their beginning to their end.
 */
@Timeout(120)
class SseUpstreamSessionServerTests extends SseUpstreamStage {

	private static final String CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

	private static final String ROOTS = request("7", "roots/list", "{}");

	@Test
	void whatTheUpstreamSaysUnaskedIsHeardByWhoeverListens() {
		StreamableClient session = client.initialized();
		upstream.say(CHANGED);
		Stream stream = session.listen();
		assertThat(stream.response().statusCode()).isEqualTo(200);
		assertThat(stream.response().headers().firstValue("content-type")).hasValue("text/event-stream");
		assertThat(stream.data()).as("said before anybody listened").isEqualTo(CHANGED);
		upstream.say(ROOTS);
		upstream.say(result("99"));
		upstream.say(CHANGED);
		assertThat(stream.data()).isEqualTo(ROOTS);
		assertThat(stream.data()).as("answers are for those who asked").isEqualTo(CHANGED);
		upstream.dismiss();
		assertThat(stream.next()).isEqualTo(Received.END);
	}

	@Test
	void onlyClientsThatKnowThemGetEventsWithoutData() {
		StreamableClient session = client.initialized();
		Stream primed = session.with("MCP-Protocol-Version", "2025-11-25").listen();
		assertThat(primed.next().data()).isEmpty();
		upstream.say(CHANGED);
		assertThat(primed.data()).isEqualTo(CHANGED);
		Stream plain = session.with("MCP-Protocol-Version", "2025-06-18").listen();
		upstream.say(ROOTS);
		assertThat(plain.data()).isEqualTo(ROOTS);
	}

	@Test
	void theNewestStreamListensAndTheOneBeforeItEnds() {
		StreamableClient session = client.initialized();
		Stream first = session.listen();
		upstream.say(CHANGED);
		assertThat(first.data()).isEqualTo(CHANGED);
		Stream second = session.listen();
		assertThat(first.next()).isEqualTo(Received.END);
		upstream.say(ROOTS);
		assertThat(second.data()).isEqualTo(ROOTS);
	}

	@Test
	void aStreamThatWasCutGoesOnWhereItWas() {
		StreamableClient session = client.initialized();
		Stream stream = session.listen();
		upstream.say(CHANGED);
		Received last = stream.next();
		stream.close();
		upstream.say(ROOTS);
		upstream.say(CHANGED);
		Stream resumed = session.with("Last-Event-ID", last.id()).listen();
		assertThat(resumed.data()).isEqualTo(ROOTS);
		assertThat(resumed.data()).isEqualTo(CHANGED);
	}

	@Test
	void theAnswerToAPostThatWasCutComesWithGet() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		CompletableFuture<Stream> opened = CompletableFuture
			.supplyAsync(() -> session.open(request("1", "tools/call", "{\"_meta\":{\"progressToken\":1}}")));
		upstream.posted();
		upstream.say(progress(1));
		Stream stream = opened.join();
		Received last = stream.next();
		stream.close();
		upstream.say(CHANGED);
		upstream.say(progress(2));
		StreamableClient resuming = session.with("Last-Event-ID", last.id());
		Stream resumed = resuming.listen();
		assertThat(resumed.data()).isEqualTo(progress(2));
		upstream.say(result("1"));
		Received answer = resumed.next();
		assertThat(answer.data()).isEqualTo(result("1"));
		assertThat(resumed.next()).isEqualTo(Received.END);
		assertThat(resuming.listen().rest()).containsExactly(progress(2), result("1"));
		assertThat(session.with("Last-Event-ID", answer.id()).listen().rest()).isEmpty();
		assertThat(session.listen().data()).as("what nobody has heard yet").isEqualTo(CHANGED);
	}

	@Test
	void anEventOfAnotherSessionIsRefused() {
		StreamableClient session = client.initialized();
		Stream stream = session.listen();
		upstream.say(CHANGED);
		String id = stream.next().id();
		for (String foreign : List.of(id + "x", "1-0", "::", "nonsense", id.replaceFirst("\\d", "9"))) {
			assertThat(session.with("Last-Event-ID", foreign).send("GET").statusCode()).as(foreign).isEqualTo(400);
		}
		assertThat(client.initialized().with("Last-Event-ID", id).send("GET").statusCode()).isEqualTo(400);
		assertThat(front.heard().refused()).filteredOn(Refused.MALFORMED::equals).hasSize(6);
	}

	@Test
	void aDeletedSessionIsGoneForEverybody() {
		StreamableClient session = client.initialized();
		Stream stream = session.listen();
		assertThat(session.send("DELETE").statusCode()).isEqualTo(204);
		assertThat(stream.next()).isEqualTo(Received.END);
		await().until(() -> upstream.openStreams() == 0);
		assertThat(session.post(request("1", "ping", "{}")).statusCode()).isEqualTo(404);
		assertThat(session.send("GET").statusCode()).isEqualTo(404);
		assertThat(session.send("DELETE").statusCode()).isEqualTo(404);
		await().untilAsserted(() -> assertThat(front.heard().ends()).containsExactly(End.CLIENT_LEFT));
	}

	@Test
	void withoutASessionNothingIsDone() {
		HttpResponse<String> answer = client.post(request("1", "ping", "{}"));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("-32600", "Mcp-Session-Id header is required");
		assertThat(client.send("DELETE").statusCode()).isEqualTo(400);
		HttpResponse<String> stream = client.send("GET");
		assertThat(stream.statusCode()).as("clients that look for HTTP+SSE go on").isEqualTo(405);
		assertThat(stream.headers().firstValue("allow")).hasValue("POST, DELETE");
		assertThat(front.heard().refused()).containsExactly(Refused.NO_SESSION, Refused.NO_SESSION, Refused.NO_SESSION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789abcdef0123456789abcdef", "nonsense", "{}" })
	void anUnknownSessionIsNotFound(String session) {
		StreamableClient lost = client.in(session);
		HttpResponse<String> answer = lost.post(request("1", "ping", "{}"));
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("-32001", "Session not found");
		assertThat(lost.send("GET").statusCode()).isEqualTo(404);
		assertThat(lost.send("DELETE").statusCode()).isEqualTo(404);
	}

	@Test
	void aSessionOfAnotherUpstreamIsNotFound() {
		StreamableClient session = client.initialized();
		assertThat(session.at(front.url("/other")).post(request("1", "ping", "{}")).statusCode()).isEqualTo(404);
	}

	@Test
	void modernClientsAreToldWhichRevisionsThereAre() {
		HttpResponse<String> answer = client.with("MCP-Protocol-Version", "2026-07-28")
			.post(request("\"a\"", "server/discover", "{}"));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).isEqualTo(
				"""
						{"jsonrpc":"2.0","id":"a","error":{"code":-32022,"message":"Unsupported protocol version",\
						"data":{"supported":["2024-11-05","2025-03-26","2025-06-18","2025-11-25"],"requested":"2026-07-28"}}}""");
		assertThat(client.post(request("1", "server/discover", "{}")).body()).contains("-32022");
	}

	@Test
	void otherMethodsAreNotAllowed() {
		HttpResponse<String> answer = client.send("PUT");
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(answer.headers().firstValue("allow")).hasValue("GET, POST, DELETE");
	}

	@Test
	void whoTakesNeitherGetsNothing() {
		assertThat(client.with("Accept", "text/html").post(StreamableClient.initialize()).statusCode()).isEqualTo(406);
		assertThat(client.initialized().with("Accept", "application/json").send("GET").statusCode()).isEqualTo(406);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "[]", "{}", "{\"jsonrpc\":\"2.0\"}", "[1]" })
	void whatIsNoMessageIsRefused(String body) {
		HttpResponse<String> answer = client.initialized().post(body);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("\"error\"");
		assertThat(front.heard().refused()).containsExactly(Refused.MALFORMED);
	}

	@Test
	void headersThatSayOtherThanTheBodyAreRefused() {
		StreamableClient session = client.initialized();
		String told = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
		HttpResponse<String> answer = session.with("Mcp-Method", "tools/call").post(told);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("-32020");
		assertThat(front.heard().refused()).containsExactly(Refused.MALFORMED);
		assertThat(session.with("Mcp-Method", "notifications/initialized").post(told).statusCode()).isEqualTo(202);
	}

	@Test
	void aMessageAboveTheBoundIsRefused() {
		StreamableClient session = client.initialized();
		assertThat(session.post(request("1", "ping", "\"" + "x".repeat(1024 * 1024) + "\"")).statusCode())
			.isEqualTo(413);
		assertThat(front.heard().refused()).containsExactly(Refused.TOO_LARGE);
	}

	@Test
	void anIdThatIsInUseIsRefused() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		CompletableFuture<HttpResponse<String>> first = session.posting(request("1", "ping", "{}"));
		upstream.posted();
		HttpResponse<String> second = session.post(request("1", "ping", "{}"));
		assertThat(second.statusCode()).isEqualTo(400);
		assertThat(second.body()).contains("-32600");
		assertThat(session.post("[" + request("2", "ping", "{}") + "," + request("2", "ping", "{}") + "]").statusCode())
			.isEqualTo(400);
		upstream.say(result("1"));
		assertThat(first.join().body()).isEqualTo(result("1"));
		assertThat(front.heard().refused()).contains(Refused.DUPLICATE_ID);
	}

	@Test
	void soManyRequestsMayWaitAndNoMore() {
		String batch = "["
				+ String.join(",",
						IntStream.range(0, 51).mapToObj((id) -> request(String.valueOf(id), "ping", "{}")).toList())
				+ "]";
		HttpResponse<String> answer = client.initialized().post(batch);
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("retry-after")).isPresent();
		assertThat(front.heard().refused()).containsExactly(Refused.TOO_MANY);
	}

	private static String progress(int step) {
		return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":%d}}"
			.formatted(step);
	}

}
