package dev.mcpbridge.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.stream.StreamEnd;
import dev.mcpbridge.stream.StreamListener;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway that stops ends its streams in order, and sends whoever comes elsewhere.
 */
@Timeout(60)
class DrainServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String EVENT = "data: {}\n\n";

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Sinks.Many<String> events = Sinks.many().multicast().directBestEffort();

	private final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();

	private final TestUpstream upstream = new TestUpstream((request, response) -> {
		if (request.requestHeaders().contains("X-Call")) {
			return response.header("Content-Type", "application/json").sendString(Mono.just("{}"));
		}
		return response.header("Content-Type", "text/event-stream")
			.sendHeaders()
			.sendString(this.events.asFlux().startWith(EVENT));
	});

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void untilTheDeadlineStreamsGoOnAndNoOthersOpen() throws Exception {
		TestGateway gateway = start("1h");
		InputStream stream = open(gateway);
		CompletableFuture<Void> closed = close(gateway);
		HttpResponse<String> readiness = send(HttpRequest.newBuilder(URI.create(
				"http://localhost:%s/actuator/health/readiness".formatted(gateway.property("local.management.port")))));
		assertThat(readiness.statusCode()).isEqualTo(503);
		assertThat(readiness.body()).contains("OUT_OF_SERVICE");
		assertRefused(send(HttpRequest.newBuilder(gateway.url("/mcp")).header("Accept", "text/event-stream")));
		assertRefused(send(HttpRequest.newBuilder(gateway.url("/mcp"))
			.header("Mcp-Method", "subscriptions/listen")
			.POST(BodyPublishers.ofString("{}"))));
		HttpResponse<String> call = send(
				HttpRequest.newBuilder(gateway.url("/mcp")).header("X-Call", "1").POST(BodyPublishers.ofString("{}")));
		assertThat(call.statusCode()).isEqualTo(200);
		assertThat(call.headers().firstValue("connection")).contains("close");
		this.events.tryEmitNext(EVENT).orThrow();
		assertThat(read(stream)).isEqualTo(EVENT);
		assertThat(closed).isNotDone();
		this.events.tryEmitComplete().orThrow();
		assertThat(stream.read()).isEqualTo(-1);
		assertThat(closed).succeedsWithin(PATIENCE);
		assertThat(this.ends).containsExactly(StreamEnd.UPSTREAM_ENDED);
	}

	@Test
	void afterTheDeadlineStreamsEndInGoodOrder() throws Exception {
		TestGateway gateway = start("400ms");
		List<InputStream> streams = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			streams.add(open(gateway));
		}
		CompletableFuture<Void> closed = close(gateway);
		for (InputStream stream : streams) {
			assertThat(stream.read()).isEqualTo(-1);
			assertThat(this.ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(StreamEnd.DRAINED);
		}
		assertThat(closed).succeedsWithin(PATIENCE);
		assertThat(this.events.currentSubscriberCount()).isZero();
	}

	@Test
	void anAnswerUnderWayIsNotEnded() throws Exception {
		TestGateway gateway = start("0s");
		HttpResponse<InputStream> answer = HTTP.send(
				HttpRequest.newBuilder(gateway.url("/mcp")).POST(BodyPublishers.ofString("{}")).build(),
				BodyHandlers.ofInputStream());
		assertThat(read(answer.body())).isEqualTo(EVENT);
		CompletableFuture<Void> closed = close(gateway);
		this.events.tryEmitNext(EVENT).orThrow();
		this.events.tryEmitComplete().orThrow();
		assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(EVENT);
		assertThat(closed).succeedsWithin(PATIENCE);
		assertThat(this.ends).containsExactly(StreamEnd.UPSTREAM_ENDED);
	}

	private TestGateway start(String drain) {
		return TestGateway.bare()
			.property("server.shutdown", "graceful")
			.property("spring.lifecycle.timeout-per-shutdown-phase", "2h")
			.property("mcp.bridge.stream.drain", drain)
			.property("management.server.port", "0")
			.property("management.endpoint.health.probes.enabled", "true")
			.route("mcp", URI.create(this.upstream.url()), "/mcp", "McpStream=0")
			.bean(StreamListener.class, new StreamListener() {

				@Override
				public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
					DrainServerTests.this.ends.add(end);
				}

			})
			.start();
	}

	/** Returns when the end has begun. */
	private static CompletableFuture<Void> close(TestGateway gateway) {
		StreamsAtTheEnd end = gateway.bean(StreamsAtTheEnd.class);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
		await().until(() -> !end.isRunning());
		return closed;
	}

	private static InputStream open(TestGateway gateway) throws Exception {
		InputStream stream = HTTP
			.send(HttpRequest.newBuilder(gateway.url("/mcp")).header("Accept", "text/event-stream").build(),
					BodyHandlers.ofInputStream())
			.body();
		assertThat(read(stream)).isEqualTo(EVENT);
		return stream;
	}

	private static void assertRefused(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("retry-after")).contains("1");
		assertThat(answer.headers().firstValue("connection")).contains("close");
		JsonNode body = TestClient.json(answer);
		assertThat(body.at("/error/code").asInt()).isEqualTo(-32000);
		assertThat(body.at("/jsonrpc").asString()).isEqualTo("2.0");
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
	}

	private static String read(InputStream stream) throws IOException {
		return new String(stream.readNBytes(EVENT.length()), StandardCharsets.UTF_8);
	}

}
