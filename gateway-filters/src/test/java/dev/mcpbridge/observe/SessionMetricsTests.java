package dev.mcpbridge.observe;

import java.time.Duration;
import java.time.Instant;

import dev.mcpbridge.session.SessionListener.Rejection;
import dev.mcpbridge.simulator.SettableClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final SettableClock clock = SettableClock.standingAt(Instant.EPOCH);

	private final SessionMetrics metrics = new SessionMetrics(this.registry, this.clock);

	@Test
	void aSessionIsActiveForFiveMinutesAfterItsLastUse() {
		this.metrics.used("one");
		this.metrics.used("one");
		this.metrics.used("two");
		assertThat(active()).isEqualTo(2);
		this.clock.advance(Duration.ofMinutes(3));
		this.metrics.used("two");
		this.clock.advance(Duration.ofMinutes(3));
		assertThat(active()).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(3));
		assertThat(active()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Rejection.class)
	void aRejectionIsCountedByItsReason(Rejection why) {
		this.metrics.rejected(why);
		assertThat(this.registry.get("mcp.bridge.sessions.rejected")
			.tag("reason", MeterPerWord.value(why))
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.registry.get("mcp.bridge.sessions.rejected").counters()).extracting(Counter::count)
			.containsOnlyOnce(1.0);
	}

	private double active() {
		return this.registry.get("mcp.bridge.sessions.active").gauge().value();
	}

}
