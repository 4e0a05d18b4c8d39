package dev.mcpbridge.observe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import dev.mcpbridge.relay.MemoryRelay;
import dev.mcpbridge.relay.RelayFullException;
import dev.mcpbridge.relay.RelayLimits;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That it does what the relay behind it does is shown by gateways that translate.
 */
class ObservedRelayTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final RelayLimits LIMITS = new RelayLimits(DataSize.ofKilobytes(1), Duration.ofMinutes(5),
			Duration.ofSeconds(30));

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final MemoryRelay behind = new MemoryRelay(LIMITS, 1, InstantSource.system());

	private final ObservedRelay relay = new ObservedRelay(this.behind, this.registry);

	@Test
	void whatIsDoneIsTimedByWhatCameOfIt() {
		done(this.relay.open("c", "note"));
		done(this.relay.keep("c"));
		done(this.relay.note("c"));
		done(this.relay.note("c", "other"));
		done(this.relay.append("c", "topic", "content"));
		done(this.relay.end("c"));
		done(this.relay.close("c"));
		assertThat(counted()).isEqualTo(
				Map.of("open ok", 1L, "keep ok", 1L, "note ok", 2L, "append ok", 1L, "end ok", 1L, "close ok", 1L));
	}

	@Test
	void aChannelThatIsNotOpenIsToldApart() {
		done(this.relay.keep("c"));
		done(this.relay.note("c"));
		done(this.relay.note("c", "other"));
		done(this.relay.append("c", "topic", "content"));
		done(this.relay.end("c"));
		assertThat(counted())
			.isEqualTo(Map.of("keep empty", 1L, "note empty", 2L, "append empty", 1L, "end empty", 1L));
	}

	@Test
	void aRelayThatIsFullIsToldApartFromOneThatFails() {
		done(this.relay.open("c", "note"));
		StepVerifier.create(this.relay.open("d", "note")).expectError(RelayFullException.class).verify(PATIENCE);
		StepVerifier.create(this.relay.append("c", "topic", "x".repeat(2000))).expectError().verify(PATIENCE);
		assertThat(counted()).isEqualTo(Map.of("open ok", 1L, "open full", 1L, "append error", 1L));
	}

	@Test
	void readersReadAsIfItWereNotThere() {
		done(this.relay.open("c", "note"));
		done(this.relay.append("c", "topic", "content"));
		StepVerifier.create(this.relay.follow("c", null).next())
			.expectNextMatches((entry) -> entry.content().equals("content"))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void whatIsHeldInMemoryIsShown() {
		new RelayMetrics(this.registry, this.behind);
		assertThat(gauge("channels")).isZero();
		done(this.relay.open("c", "note"));
		done(this.relay.append("c", "topic", "content"));
		assertThat(gauge("channels")).isOne();
		assertThat(gauge("held")).isGreaterThanOrEqualTo(12);
	}

	private double gauge(String name) {
		return this.registry.get("mcp.bridge.relay." + name).gauge().value();
	}

	private static void done(Mono<?> operation) {
		StepVerifier.create(operation.then()).expectComplete().verify(PATIENCE);
	}

	private Map<String, Long> counted() {
		Map<String, Long> counted = new TreeMap<>();
		for (Timer timer : this.registry.get("mcp.bridge.relay").timers()) {
			if (timer.count() > 0) {
				counted.put(timer.getId().getTag("operation") + " " + timer.getId().getTag("outcome"), timer.count());
			}
		}
		return counted;
	}

}
