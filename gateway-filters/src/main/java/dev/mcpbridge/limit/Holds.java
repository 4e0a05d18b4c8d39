package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.scheduler.Scheduler;

/**
 * Whose calls the upstream does not want just now, and for how long.
 */
final class Holds {

	private static final long MOST = 100_000;

	private final Cache<String, Long> ends;

	private final Scheduler time;

	Holds(Duration longest, Scheduler time) {
		this.time = time;
		this.ends = Caffeine.newBuilder()
			.maximumSize(MOST)
			.ticker(() -> time.now(TimeUnit.NANOSECONDS))
			.expireAfterWrite(longest)
			.build();
	}

	/**
	 * Holds somebody's calls from now on, if that is longer than they are held anyway.
	 */
	void hold(String key, Duration duration) {
		this.ends.asMap().merge(key, now() + duration.toMillis(), Math::max);
	}

	/** How long somebody's calls are held; zero if they are not. */
	Duration left(String key) {
		Long end = this.ends.getIfPresent(key);
		return Duration.ofMillis((end != null) ? Math.max(0, end - now()) : 0);
	}

	private long now() {
		return this.time.now(TimeUnit.MILLISECONDS);
	}

}
