package dev.mcpbridge.app.probe.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Lets time go by.
 */
@FunctionalInterface
public interface Pause {

	/**
	 * Returns when the time has come.
	 * @param end the time
	 */
	void until(Instant end);

	/**
	 * Waits by the clock of the machine, and says every minute for how long still.
	 * @param clock the clock
	 * @param progress where to say it
	 * @return the pause
	 */
	static Pause real(InstantSource clock, Consumer<String> progress) {
		return (end) -> {
			for (Duration left = left(clock, end); !left.isZero(); left = left(clock, end)) {
				if (left.toSeconds() > 1) {
					progress.accept("  %d s to wait, until %s".formatted(left.toSeconds(), end));
				}
				sleep(Math.min(left.toMillis() + 1, 60_000));
			}
		};
	}

	private static Duration left(InstantSource clock, Instant end) {
		Duration left = Duration.between(clock.instant(), end);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private static void sleep(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
