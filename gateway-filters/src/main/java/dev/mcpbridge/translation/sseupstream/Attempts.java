package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When the upstream's stream is asked for again: at once the first time, then after
 * pauses that grow to half a minute in all, and not for ever. Not all sessions ask at the
 * same time.
 */
final class Attempts {

	private static final int MOST = 6;

	private static final long FIRST_MILLIS = 1000;

	private final RandomGenerator random;

	private volatile int made;

	Attempts(RandomGenerator random) {
		this.random = random;
	}

	/** Tells whether there is another. */
	boolean isLeft() {
		return this.made < MOST;
	}

	/** Begins an attempt, and returns how long to wait before it. */
	Duration next() {
		int before = this.made;
		this.made = before + 1;
		if (before == 0) {
			return Duration.ZERO;
		}
		long base = FIRST_MILLIS << (before - 1);
		return Duration.ofMillis(base + this.random.nextLong(base / 4 + 1));
	}

	/** A stream has served somebody, or stood for long: the next counts as the first. */
	void succeeded() {
		this.made = 0;
	}

}
