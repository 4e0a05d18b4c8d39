package dev.mcpbridge.observe;

import java.time.Duration;

import dev.mcpbridge.limit.LimitListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Counts what limits do to calls of tools, and times how long they wait.
 */
public final class LimitMetrics implements LimitListener {

	private static final Duration[] WAITS = { Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofSeconds(1),
			Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1) };

	private final MeterPerWord<Kind, Timer> waits;

	private final MeterPerWord<Kind, MeterPerWord<Impatience, Counter>> refused;

	private final MeterPerWord<Answer, Counter> upstream;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public LimitMetrics(MeterRegistry registry) {
		this.waits = MeterPerWord.of(Kind.class,
				(kind) -> Timer.builder("mcp.bridge.limit.wait")
					.description("How long requests waited that were over a limit and went on")
					.tag("limit", MeterPerWord.value(kind))
					.serviceLevelObjectives(WAITS)
					.register(registry));
		this.refused = MeterPerWord.of(Kind.class,
				(kind) -> MeterPerWord.counters(Impatience.class, registry, "mcp.bridge.limit.refused",
						"Requests that were answered with 429, since they were over a limit", "reason", "limit",
						MeterPerWord.value(kind)));
		this.upstream = MeterPerWord.counters(Answer.class, registry, "mcp.bridge.limit.upstream",
				"Answers of 429 of the upstream to calls of tools", "answer");
	}

	@Override
	public void waited(Kind why, Duration waited) {
		this.waits.of(why).record(waited);
	}

	@Override
	public void refused(Kind why, Impatience how) {
		this.refused.of(why).of(how).increment();
	}

	@Override
	public void upstreamRefused(Answer answer) {
		this.upstream.of(answer).increment();
	}

}
