package dev.mcpbridge.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that can be put forward; it ticks unless it was made to stand still.
 */
public final class SettableClock implements InstantSource {

	private final InstantSource base;

	private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

	private SettableClock(InstantSource base) {
		this.base = base;
	}

	/**
	 * Makes a clock that ticks with real time.
	 * @return the clock
	 */
	public static SettableClock ticking() {
		return new SettableClock(InstantSource.system());
	}

	/**
	 * Makes a clock that stands still until it is put forward.
	 * @param instant what it shows
	 * @return the clock
	 */
	public static SettableClock standingAt(Instant instant) {
		return new SettableClock(InstantSource.fixed(instant));
	}

	/**
	 * Puts the clock forward.
	 * @param time by how much; negative puts it back
	 */
	public void advance(Duration time) {
		this.offset.updateAndGet((offset) -> offset.plus(time));
	}

	@Override
	public Instant instant() {
		return this.base.instant().plus(this.offset.get());
	}

}
