package dev.mcpbridge.observe;

import java.time.Duration;
import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpbridge.session.SessionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the sessions that were used lately, and those that were not shown by their
 * owner.
 */
public final class SessionMetrics implements SessionListener {

	private static final Duration LATELY = Duration.ofMinutes(5);

	private static final int MAX_SESSIONS = 100_000;

	/** The marks of sessions; an id of a session is not kept anywhere. */
	private final Cache<String, Boolean> lately;

	private final MeterPerWord<Rejection, Counter> rejected;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 * @param clock tells what was lately
	 */
	public SessionMetrics(MeterRegistry registry, InstantSource clock) {
		this.lately = Caffeine.newBuilder()
			.maximumSize(MAX_SESSIONS)
			.ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
			.expireAfterWrite(LATELY)
			.build();
		Gauge.builder("mcp.bridge.sessions.active", this, SessionMetrics::count)
			.description("Sessions that were used in the last five minutes in this process")
			.strongReference(true)
			.register(registry);
		this.rejected = MeterPerWord.counters(Rejection.class, registry, "mcp.bridge.sessions.rejected",
				"Requests with the id of a session that is not of whoever showed it", "reason");
	}

	@Override
	public void used(String mark) {
		this.lately.put(mark, Boolean.TRUE);
	}

	@Override
	public void rejected(Rejection why) {
		this.rejected.of(why).increment();
	}

	private double count() {
		this.lately.cleanUp();
		return this.lately.estimatedSize();
	}

}
