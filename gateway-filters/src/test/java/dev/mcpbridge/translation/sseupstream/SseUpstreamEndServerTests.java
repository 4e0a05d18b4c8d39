package dev.mcpbridge.translation.sseupstream;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Received;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Stream;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Refused;
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
 * Either side dies, or says what it should not.
 */
@Timeout(120)
class SseUpstreamEndServerTests extends SseUpstreamStage {

	private static final String CALL = request("1", "tools/call", "{\"_meta\":{\"progressToken\":1}}");

	private static final String PROGRESS = """
			{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}""";

	@ParameterizedTest
	@EnumSource
	void whoeverWaitsIsToldThatTheUpstreamIsGoneForGood(Death death) throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		Stream listening = session.listen();
		CompletableFuture<HttpResponse<String>> waiting = session.posting(request("2", "ping", "{}"));
		upstream.posted();
		CompletableFuture<Stream> opened = CompletableFuture.supplyAsync(() -> session.open(CALL));
		upstream.posted();
		upstream.say(PROGRESS);
		Stream streaming = opened.join();
		assertThat(streaming.data()).isEqualTo(PROGRESS);
		upstream.openingWith(403);
		death.strike(upstream);
		assertThat(waiting.join().body()).contains("\"id\":2,\"error\":{\"code\":-32603");
		assertThat(streaming.data()).contains("\"id\":1,\"error\":{\"code\":-32603");
		assertThat(streaming.next()).isEqualTo(Received.END);
		assertThat(listening.next()).isEqualTo(Received.END);
		assertThat(session.post(CALL).statusCode()).isEqualTo(404);
		await().untilAsserted(() -> assertThat(front.heard().ends()).containsExactly(End.UPSTREAM_ENDED));
	}

	@ParameterizedTest
	@EnumSource
	void anUpstreamMayDieBeforeItAnswersInitialize(Death death) throws InterruptedException {
		upstream.answering((message) -> null);
		CompletableFuture<HttpResponse<String>> waiting = client.posting(StreamableClient.initialize());
		upstream.posted();
		death.strike(upstream);
		assertThat(waiting.join().statusCode()).isEqualTo(502);
		assertThat(StreamableClient.session(waiting.join())).isEqualTo("none");
	}

	@Test
	void aClientThatLeavesTakesNothingBack() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		CompletableFuture<Stream> opened = CompletableFuture.supplyAsync(() -> session.open(CALL));
		upstream.posted();
		upstream.say(PROGRESS);
		Stream stream = opened.join();
		Received last = stream.next();
		stream.close();
		upstream.say(result("1"));
		assertThat(session.with("Last-Event-ID", last.id()).listen().rest()).containsExactly(result("1"));
		assertThat(upstream.openStreams()).isOne();
	}

	@Test
	void aSessionNobodyUsesEnds() {
		try (StreamableFront forgetful = new StreamableFront(upstream.url(), StreamableFront.memory(),
				StreamableFront.limits(Duration.ofMillis(300), 10), "jsonWithin=10s")) {
			StreamableClient session = forgetful.client().initialized();
			await().until(() -> upstream.openStreams() == 0);
			assertThat(session.post(CALL).statusCode()).isEqualTo(404);
			assertThat(forgetful.heard().ends()).containsExactly(End.IDLE);
		}
	}

	@Test
	void aSessionSomebodyListensAtDoesNotEnd() {
		try (StreamableFront forgetful = new StreamableFront(upstream.url(), StreamableFront.memory(),
				StreamableFront.limits(Duration.ofSeconds(3), 10), "jsonWithin=10s")) {
			Stream stream = forgetful.client().initialized().listen();
			forgetful.client().initialized();
			await().until(() -> upstream.openStreams() == 1);
			upstream.say(PROGRESS.replace("progress", "message"));
			assertThat(stream.next()).isNotEqualTo(Received.END);
			stream.close();
			await().until(() -> upstream.openStreams() == 0);
		}
	}

	@Test
	void aProcessThatStopsEndsItsSessions() {
		Relay relay = StreamableFront.memory();
		try (StreamableFront stopping = new StreamableFront(upstream.url(), relay, StreamableFront.LIMITS,
				"jsonWithin=10s");
				StreamableFront other = new StreamableFront(upstream.url(), relay, StreamableFront.LIMITS,
						"jsonWithin=10s")) {
			StreamableClient session = stopping.client().initialized().at(other.url());
			Stream stream = session.listen();
			stopping.stop();
			assertThat(stream.next()).isEqualTo(Received.END);
			assertThat(session.post(CALL).statusCode()).isEqualTo(404);
			assertThat(stopping.heard().ends()).containsExactly(End.STOPPED);
			await().until(() -> upstream.openStreams() == 0);
		}
	}

	@Test
	void nobodyWaitsForAProcessThatIsNotThereAnyMore() throws InterruptedException {
		Relay relay = StreamableFront.memory(Duration.ofMillis(1500));
		SessionChannel channel = new SessionChannel(relay, "0123456789abcdef0123456789abcdef");
		try (StreamableFront left = new StreamableFront(upstream.url(), relay, StreamableFront.LIMITS,
				"jsonWithin=10s")) {
			channel.open(new SessionNote(upstream.url(), "/v1/sse/message?sessionId=dead", "0-0", "2025-06-18", false))
				.block(Duration.ofSeconds(5));
			StreamableClient session = left.client().in(channel.session());
			CompletableFuture<HttpResponse<String>> waiting = session.posting(CALL);
			Stream listening = session.listen();
			assertThat(upstream.posted()).startsWith("/v1/sse/message?sessionId=dead ");
			assertThat(waiting.join().statusCode()).isEqualTo(404);
			assertThat(listening.next()).isEqualTo(Received.END);
		}
	}

	@Test
	void soManySessionsAreHeldAndNoMore() {
		try (StreamableFront small = new StreamableFront(upstream.url(), StreamableFront.memory(),
				StreamableFront.limits(Duration.ofHours(1), 1), "jsonWithin=10s")) {
			StreamableClient session = small.client().initialized();
			assertThat(small.client().post(StreamableClient.initialize()).statusCode()).isEqualTo(429);
			assertThat(small.heard().refused()).containsExactly(Refused.TOO_MANY);
			session.send("DELETE");
			await().until(() -> small.flights() == 0);
			small.client().initialized();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "event: message\ndata: nonsense\n\n", "data: {\"jsonrpc\":\"2.0\"}\n\n", "data: []\n\n",
			"event: endpoint\ndata: http://other.example/\n\n", "event: ping\ndata: {}\n\n", ": comment\n\n", "\n\n\n",
			"data:\n\n", "id: 7\nretry: nonsense\n\n", "data: {\"a\":\"\u0000\u00ff\u00fe\"\n\n" })
	void nonsenseOnTheStreamDisturbsNobody(String nonsense) {
		StreamableClient session = client.initialized();
		upstream.write(nonsense);
		upstream.answering((message) -> result("1"));
		assertThat(session.post(CALL).body()).isEqualTo(result("1"));
		assertThat(upstream.openStreams()).isOne();
	}

	@Test
	void answersNobodyWaitsForAreCountedAndDropped() {
		StreamableClient session = client.initialized();
		upstream.answering((message) -> {
			upstream.say(result("\"1\""));
			upstream.say(result("1"));
			return result("1");
		});
		assertThat(session.post(CALL).body()).isEqualTo(result("1"));
		await().untilAsserted(
				() -> assertThat(front.heard().refused()).containsExactly(Refused.UNKNOWN_ID, Refused.UNKNOWN_ID));
	}

	@Test
	void bytesThatAreNoTextAreReplaced() {
		StreamableClient session = client.initialized();
		upstream.answering((message) -> "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"\u00ff\"}}");
		assertThat(session.post(CALL).body()).contains("\ufffd");
	}

	@Test
	void anEventAboveTheBoundEndsTheSession() throws InterruptedException {
		StreamableClient session = client.initialized();
		upstream.posted();
		CompletableFuture<HttpResponse<String>> waiting = session.posting(CALL);
		upstream.posted();
		upstream.write("data: " + "x".repeat(1024 * 1024 + 1));
		assertThat(waiting.join().statusCode()).isEqualTo(404);
		await().untilAsserted(() -> assertThat(front.heard().ends()).containsExactly(End.UPSTREAM_FAILED));
		assertThat(front.heard().refused()).containsExactly(Refused.TOO_LARGE);
	}

	@Test
	void anUpstreamThatSpeaksBothIsLeftAlone() throws InterruptedException {
		try (StreamableFront passing = new StreamableFront(upstream.url(), StreamableFront.memory(),
				StreamableFront.LIMITS, "jsonWithin=10s")) {
			upstream.takingWith(200);
			assertThat(passing.client().at(passing.url("/both")).post(CALL).body()).isEqualTo("{\"error\":\"theirs\"}");
			assertThat(upstream.posted()).isEqualTo("/v1/mcp " + CALL);
		}
	}

	/** How an upstream dies. */
	enum Death {

		ENDED {
			@Override
			void strike(LegacyUpstream upstream) {
				upstream.endStreams();
			}
		},

		BROKEN {
			@Override
			void strike(LegacyUpstream upstream) {
				upstream.breakStreams();
			}
		};

		abstract void strike(LegacyUpstream upstream);

	}

}
