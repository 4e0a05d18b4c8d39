package dev.mcpbridge.translation.sseclients;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.mcpbridge.translation.Event;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream of the upstream is to go on, and when.
 */
final class Resumption {

	private static final long FIRST_MILLIS = 1000;

	private static final long LONGEST_MILLIS = 30_000;

	private static final int MOST_DOUBLINGS = 5;

	private final RandomGenerator random;

	private @Nullable String lastId;

	private @Nullable Duration retry;

	private int fruitless;

	Resumption(RandomGenerator random) {
		this.random = random;
	}

	/** Takes note of an event that was dealt with. */
	void heard(Event event) {
		this.fruitless = 0;
		this.lastId = (event.id() == null) ? this.lastId : event.id().isEmpty() ? null : event.id();
		this.retry = (event.retry() != null) ? event.retry() : this.retry;
	}

	/** Begins an attempt, which has brought nothing yet. */
	void attempted() {
		this.fruitless++;
	}

	/** How many attempts in a row have brought nothing. */
	int fruitless() {
		return this.fruitless;
	}

	@Nullable String lastId() {
		return this.lastId;
	}

	/**
	 * How long to wait before the next attempt: what the upstream has asked for, else
	 * longer with each attempt in vain; not all replicas' sessions at the same time.
	 */
	Duration pause() {
		long base = (this.retry != null) ? Math.min(this.retry.toMillis(), LONGEST_MILLIS)
				: Math.min(FIRST_MILLIS << Math.min(this.fruitless, MOST_DOUBLINGS), LONGEST_MILLIS);
		return Duration.ofMillis(base + this.random.nextLong(base / 4 + 1));
	}

}
