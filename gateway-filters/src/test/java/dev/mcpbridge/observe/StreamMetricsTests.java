package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.stream.StreamEnd;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class StreamMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final StreamMetrics metrics = new StreamMetrics(this.registry);

	private final ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/sse"));

	private static final Duration WAITED = Duration.ofMillis(7);

	@Test
	void openStreamsAreShownUntilTheyEnd() {
		this.metrics.opened(this.exchange, WAITED);
		this.metrics.opened(this.exchange, WAITED);
		assertThat(open()).isEqualTo(2);
		this.metrics.ended(this.exchange, StreamEnd.CLIENT_LEFT, Duration.ofMinutes(7));
		assertThat(open()).isEqualTo(1);
		assertThat(opened("get")).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(StreamEnd.class)
	void aStreamIsTimedByItsEnd(StreamEnd end) {
		this.metrics.opened(this.exchange, WAITED);
		this.metrics.ended(this.exchange, end, Duration.ofMinutes(7));
		Timer ended = this.registry.get("mcp.bridge.stream").tag("end", MeterPerWord.value(end)).timer();
		assertThat(ended.totalTime(TimeUnit.MINUTES)).isEqualTo(7);
		assertThat(this.registry.get("mcp.bridge.stream").timers()).extracting(Timer::count).containsOnlyOnce(1L);
	}

	@Test
	void streamsAreToldApartByTheirKind() {
		this.metrics.opened(exchange(MockServerHttpRequest.post("/mcp").header("Mcp-Method", "subscriptions/listen")),
				WAITED);
		this.metrics.opened(exchange(MockServerHttpRequest.post("/mcp").header("Mcp-Method", "tools/call")), WAITED);
		this.metrics.opened(exchange(MockServerHttpRequest.post("/mcp")), WAITED);
		assertThat(opened("listen")).isOne();
		assertThat(opened("post")).isEqualTo(2);
		assertThat(opened("get")).isZero();
		Timer firstByte = this.registry.get("mcp.bridge.stream.first.byte").tag("kind", "post").timer();
		assertThat(firstByte.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(14);
	}

	@Test
	void whatPassesIsCounted() {
		this.metrics.events(this.exchange, 3);
		this.metrics.events(this.exchange, 1);
		this.metrics.heartbeat(this.exchange);
		assertThat(count("mcp.bridge.stream.events")).isEqualTo(4);
		assertThat(count("mcp.bridge.stream.heartbeats")).isOne();
	}

	@Test
	void whatIsRefusedIsCounted() {
		this.metrics.refused(this.exchange);
		this.metrics.refused(this.exchange);
		this.metrics.oversized(this.exchange);
		assertThat(count("mcp.bridge.streams.refused")).isEqualTo(2);
		assertThat(count("mcp.bridge.requests.oversized")).isOne();
	}

	private static ServerWebExchange exchange(MockServerHttpRequest.BaseBuilder<?> request) {
		return MockServerWebExchange.from(request);
	}

	private double opened(String kind) {
		return this.registry.get("mcp.bridge.streams.opened").tag("kind", kind).counter().count();
	}

	private double count(String name) {
		return this.registry.get(name).counter().count();
	}

	private double open() {
		return this.registry.get("mcp.bridge.streams.open").tag("kind", "get").gauge().value();
	}

}
