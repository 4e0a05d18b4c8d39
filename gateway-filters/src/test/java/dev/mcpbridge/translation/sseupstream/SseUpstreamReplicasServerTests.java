package dev.mcpbridge.translation.sseupstream;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.redis.RedisRelay;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Received;
import dev.mcpbridge.translation.TranslationListener.End;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.util.unit.DataSize;

import static dev.mcpbridge.translation.sseupstream.StreamableClient.request;
import static dev.mcpbridge.translation.sseupstream.StreamableClient.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * One session, two replicas.
 */
@Timeout(120)
class SseUpstreamReplicasServerTests {

	private static final String CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

	private static final String PROGRESS = """
			{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}""";

	private static final RelayLimits LIMITS = new RelayLimits(DataSize.ofMegabytes(8), Duration.ofMinutes(5),
			Duration.ofSeconds(30));

	private static LocalRedis redis;

	private final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	static Stream<Arguments> relays() {
		return Stream.of(argumentSet("memory", false), argumentSet("redis", true));
	}

	@ParameterizedTest
	@MethodSource("relays")
	void aSessionIsServedAtBoth(boolean inRedis) throws InterruptedException {
		Relay shared = StreamableFront.memory();
		try (LegacyUpstream upstream = new LegacyUpstream();
				StreamableFront one = new StreamableFront(upstream.url(), inRedis ? relay() : shared,
						StreamableFront.LIMITS, "jsonWithin=10s");
				StreamableFront two = new StreamableFront(upstream.url(), inRedis ? relay() : shared,
						StreamableFront.LIMITS, "jsonWithin=10s")) {
			StreamableClient first = one.client().initialized();
			StreamableClient second = first.at(two.url());
			upstream.posted();
			upstream.answering((message) -> result("1"));
			assertThat(second.post(request("1", "ping", "{}")).body()).isEqualTo(result("1"));
			upstream.answering((message) -> null);
			upstream.posted();

			StreamableClient.Stream listening = second.listen();
			upstream.say(CHANGED);
			assertThat(listening.data()).isEqualTo(CHANGED);
			StreamableClient.Stream newest = first.listen();
			assertThat(listening.next()).as("the newest listens").isEqualTo(Received.END);

			CompletableFuture<StreamableClient.Stream> opened = CompletableFuture
				.supplyAsync(() -> second.open(request("2", "tools/call", "{\"_meta\":{\"progressToken\":1}}")));
			upstream.posted();
			upstream.say(PROGRESS);
			StreamableClient.Stream cut = opened.join();
			Received last = cut.next();
			cut.close();
			upstream.say(result("2"));
			assertThat(first.with("Last-Event-ID", last.id()).listen().rest()).containsExactly(result("2"));

			assertThat(second.send("DELETE").statusCode()).isEqualTo(204);
			assertThat(newest.next()).isEqualTo(Received.END);
			assertThat(first.post(request("3", "ping", "{}")).statusCode()).isEqualTo(404);
			await().until(() -> upstream.openStreams() == 0 && one.flights() == 0 && two.flights() == 0);
			assertThat(one.heard().ends()).containsExactly(End.CLIENT_LEFT);
			assertThat(two.heard().ends()).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("relays")
	void aSessionGoesOnAtBothAfterACut(boolean inRedis) throws InterruptedException {
		Relay shared = StreamableFront.memory();
		try (LegacyUpstream upstream = new LegacyUpstream();
				StreamableFront one = new StreamableFront(upstream.url(), inRedis ? relay() : shared,
						StreamableFront.LIMITS, "jsonWithin=10s");
				StreamableFront two = new StreamableFront(upstream.url(), inRedis ? relay() : shared,
						StreamableFront.LIMITS, "jsonWithin=10s")) {
			StreamableClient second = one.client().initialized().at(two.url());
			StreamableClient.Stream listening = second.listen();
			upstream.posted();
			CompletableFuture<HttpResponse<String>> waiting = second.posting(request("1", "ping", "{}"));
			upstream.posted();
			upstream.beginning("event: endpoint\ndata: /v1/sse/message?sessionId=second\n\n").endStreams();
			assertThat(waiting.join().body()).contains("\"id\":1,\"error\":{\"code\":-32603");
			CompletableFuture<HttpResponse<String>> next = second.posting(request("2", "ping", "{}"));
			assertThat(upstream.posted()).contains("\"initialize\"");
			assertThat(upstream.posted()).contains("notifications/initialized");
			assertThat(upstream.posted()).startsWith("/v1/sse/message?sessionId=second ").contains("\"ping\"");
			upstream.say(result("2"));
			assertThat(next.join().body()).isEqualTo(result("2"));
			upstream.say(CHANGED);
			assertThat(listening.data()).isEqualTo(CHANGED);
			assertThat(second.send("DELETE").statusCode()).isEqualTo(204);
			await().until(() -> upstream.openStreams() == 0 && one.flights() == 0 && two.flights() == 0);
		}
	}

	private Relay relay() {
		return new RedisRelay(redis.redis(), "test", () -> this.ring, LIMITS, Duration.ofSeconds(10),
				CircuitBreaker.ofDefaults("relay"));
	}

}
