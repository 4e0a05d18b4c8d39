package dev.mcpbridge.observe;

import java.time.Duration;

import dev.mcpbridge.upstream.UpstreamListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Times calls of the upstream's authorization server.
 */
public final class UpstreamMetrics implements UpstreamListener {

	private static final Duration[] CALL_TAKES = { Duration.ofMillis(50), Duration.ofMillis(100),
			Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500),
			Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20) };

	private final MeterPerWord<Operation, MeterPerWord<Outcome, Timer>> calls;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public UpstreamMetrics(MeterRegistry registry) {
		this.calls = MeterPerWord
			.of(Operation.class,
					(operation) -> MeterPerWord.of(Outcome.class, (outcome) -> Timer.builder("mcp.bridge.upstream")
						.description("Calls of the upstream's authorization server, and how long they took")
						.tags("operation", MeterPerWord.value(operation), "outcome", MeterPerWord.value(outcome))
						.serviceLevelObjectives(CALL_TAKES)
						.register(registry)));
	}

	@Override
	public void called(Operation operation, Outcome outcome, Duration took) {
		this.calls.of(operation).of(outcome).record(took);
	}

}
