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

	@Test
	void openStreamsAreShownUntilTheyEnd() {
		this.metrics.opened(this.exchange);
		this.metrics.opened(this.exchange);
		assertThat(open()).isEqualTo(2);
		this.metrics.ended(this.exchange, StreamEnd.CLIENT_LEFT, Duration.ofMinutes(7));
		assertThat(open()).isEqualTo(1);
		assertThat(this.registry.get("mcp.bridge.streams.opened").counter().count()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(StreamEnd.class)
	void aStreamIsTimedByItsEnd(StreamEnd end) {
		this.metrics.opened(this.exchange);
		this.metrics.ended(this.exchange, end, Duration.ofMinutes(7));
		Timer ended = this.registry.get("mcp.bridge.stream").tag("end", MeterPerWord.value(end)).timer();
		assertThat(ended.totalTime(TimeUnit.MINUTES)).isEqualTo(7);
		assertThat(this.registry.get("mcp.bridge.stream").timers()).extracting(Timer::count).containsOnlyOnce(1L);
	}

	private double open() {
		return this.registry.get("mcp.bridge.streams.open").gauge().value();
	}

}
