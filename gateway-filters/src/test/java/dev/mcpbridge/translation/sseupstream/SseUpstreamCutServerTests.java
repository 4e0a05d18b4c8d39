package dev.mcpbridge.translation.sseupstream;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.translation.sseupstream.SseUpstreamEndServerTests.Death;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Received;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Stream;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Reopened;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.translation.sseupstream.StreamableClient.request;
import static dev.mcpbridge.translation.sseupstream.StreamableClient.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The upstream's stream is cut, and the session goes on.
 */
@Timeout(120)
class SseUpstreamCutServerTests {

	private static final String CALL = request("1", "tools/call", "{\"_meta\":{\"progressToken\":1}}");

	private static final String PING = request("2", "ping", "{}");

	private static final String PROGRESS = """
			{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}""";

	private static final String CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

	private static final String INITIALIZED = """
			{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{}}}""";

	private static LegacyUpstream upstream;

	private static Relay relay;

	private static StreamableFront front;

	private static StreamableFront other;

	private static StreamableClient client;

	@BeforeAll
	static void start() {
		upstream = new LegacyUpstream();
		relay = StreamableFront.memory();
		front = new StreamableFront(upstream.url(), relay, StreamableFront.LIMITS, "jsonWithin=10s");
		other = new StreamableFront(upstream.url(), relay, StreamableFront.LIMITS, "jsonWithin=10s,openWithin=1s");
		client = front.client();
	}

	@AfterAll
	static void stop() {
		front.close();
		other.close();
		upstream.close();
	}

	/** No test leaves a stream open at the upstream. */
	@AfterEach
	void forget() {
		upstream.dismiss();
		await().until(() -> upstream.openStreams() == 0 && front.flights() == 0 && other.flights() == 0);
		upstream.reset();
		front.heard().forget();
	}

	@ParameterizedTest
	@EnumSource
	void theNextCallIsAnsweredInTheSameSession(Death death) throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		upstream.beginning("event: endpoint\ndata: /v1/sse/message?sessionId=second\n\n");
		upstream.answering(SseUpstreamCutServerTests::answer);
		death.strike(upstream);
		assertThat(session.post(PING).body()).isEqualTo(result("2"));
		assertThat(upstream.posted()).isEqualTo("/v1/sse/message?sessionId=second " + StreamableClient.initialize());
		assertThat(upstream.posted()).startsWith("/v1/sse/message?sessionId=second ")
			.contains("notifications/initialized");
		assertThat(upstream.posted()).isEqualTo("/v1/sse/message?sessionId=second " + PING);
		assertThat(front.heard().opened()).isOne();
		assertThat(front.heard().reopened()).containsExactly(Reopened.OK);
		assertThat(front.heard().ends()).isEmpty();
		assertThat(front.heard().refused()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void callsUnderWayFailAndTheNextWorks(Death death) throws InterruptedException {
		StreamableClient session = client.initialized();
		StreamableClient elsewhere = session.at(other.url());
		upstream.posted();
		CompletableFuture<HttpResponse<String>> waiting = elsewhere.posting(PING);
		upstream.posted();
		CompletableFuture<Stream> opened = CompletableFuture.supplyAsync(() -> session.open(CALL));
		upstream.posted();
		upstream.say(PROGRESS);
		Stream streaming = opened.join();
		assertThat(streaming.data()).isEqualTo(PROGRESS);
		death.strike(upstream);
		assertThat(waiting.join().body()).contains("\"id\":2,\"error\":{\"code\":-32603", "stream was cut");
		assertThat(streaming.data()).contains("\"id\":1,\"error\":{\"code\":-32603");
		assertThat(streaming.next()).isEqualTo(Received.END);
		upstream.answering(SseUpstreamCutServerTests::answer);
		assertThat(elsewhere.post(PING).body()).isEqualTo(result("2"));
		assertThat(front.heard().refused()).isEmpty();
	}

	@Test
	void whoeverListensHearsWhatIsSaidAfterIt() {
		StreamableClient session = client.initialized();
		Stream listening = session.at(other.url()).listen();
		upstream.answering(SseUpstreamCutServerTests::answer);
		upstream.endStreams();
		assertThat(session.post(PING).body()).isEqualTo(result("2"));
		upstream.say(CHANGED);
		assertThat(listening.data()).as("no answer to initialize before it").isEqualTo(CHANGED);
	}

	@Test
	void messagesWaitUntilTheUpstreamHasBegunAnew() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		upstream.answering((message) -> null);
		upstream.endStreams();
		assertThat(upstream.posted()).contains("\"initialize\"");
		HttpResponse<String> impatient = session.at(other.url()).post(PING);
		assertThat(impatient.statusCode()).isEqualTo(503);
		assertThat(impatient.headers().firstValue("retry-after")).isPresent();
		CompletableFuture<HttpResponse<String>> patient = session.posting(PING);
		upstream.answering(SseUpstreamCutServerTests::answer);
		upstream.say(INITIALIZED);
		assertThat(patient.join().body()).isEqualTo(result("2"));
	}

	@Test
	void anUpstreamThatDoesNotKnowItsSessionIsBegunAnew() {
		StreamableClient session = client.initialized();
		upstream.takingWith(404);
		upstream.openingWith(503);
		assertThat(session.post(PING).statusCode()).isEqualTo(503);
		await().until(() -> upstream.openStreams() == 0);
		upstream.takingWith(202).openingWith(200).answering(SseUpstreamCutServerTests::answer);
		assertThat(session.post(PING).body()).isEqualTo(result("2"));
		assertThat(front.heard().opened()).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404 })
	void anUpstreamThatRefusesAnotherStreamEndsTheSession(int status) {
		StreamableClient session = client.initialized();
		upstream.openingWith(status).endStreams();
		await().untilAsserted(() -> assertThat(front.heard().ends()).containsExactly(End.UPSTREAM_ENDED));
		assertThat(front.heard().reopened()).containsExactly(Reopened.FAILED);
		assertThat(session.post(PING).statusCode()).isEqualTo(404);
	}

	@Test
	void anUpstreamThatDoesNotAgreeAgainEndsTheSession() {
		StreamableClient session = client.initialized();
		Stream listening = session.listen();
		upstream
			.answering((message) -> "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32602,\"message\":\"no\"}}");
		upstream.endStreams();
		assertThat(listening.next()).isEqualTo(Received.END);
		assertThat(session.post(PING).statusCode()).isEqualTo(404);
	}

	@Test
	void aSessionMayBeDeletedBeforeTheUpstreamIsBack() {
		StreamableClient session = client.initialized();
		upstream.openingWith(503).endStreams();
		assertThat(session.send("DELETE").statusCode()).isEqualTo(204);
		await().until(() -> front.flights() == 0);
		assertThat(front.heard().ends()).containsExactly(End.CLIENT_LEFT);
	}

	private static @Nullable String answer(String message) {
		return message.contains("\"initialize\"") ? INITIALIZED : message.contains("\"ping\"") ? result("2") : null;
	}

}
