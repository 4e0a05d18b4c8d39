package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.upstream.UpstreamListener.Operation;
import dev.mcpbridge.upstream.UpstreamListener.Outcome;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final UpstreamMetrics metrics = new UpstreamMetrics(this.registry);

	@ParameterizedTest
	@EnumSource(Operation.class)
	void callsAreTimedByWhatTheyAreFor(Operation operation) {
		this.metrics.called(operation, Outcome.REFUSED, Duration.ofMillis(80));
		assertTimed("operation", MeterPerWord.value(operation), "outcome", "refused");
	}

	@ParameterizedTest
	@EnumSource(Outcome.class)
	void callsAreTimedByWhatCameOfThem(Outcome outcome) {
		this.metrics.called(Operation.REFRESH, outcome, Duration.ofMillis(80));
		assertTimed("operation", "refresh", "outcome", MeterPerWord.value(outcome));
	}

	private void assertTimed(String... tags) {
		Timer timer = this.registry.get("mcp.bridge.upstream").tags(tags).timer();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(80);
		assertThat(this.registry.get("mcp.bridge.upstream").timers()).extracting(Timer::count).containsOnlyOnce(1L);
	}

}
