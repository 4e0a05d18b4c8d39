package dev.mcpbridge.observe;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Timer;

/**
 * One operation under way; what it is told first is how it ended.
 */
final class StoreCall {

	private final Timer.Sample sample;

	private final MeterPerWord<StoreOutcome, Timer> timers;

	private final AtomicBoolean over = new AtomicBoolean();

	StoreCall(Timer.Sample sample, MeterPerWord<StoreOutcome, Timer> timers) {
		this.sample = sample;
		this.timers = timers;
	}

	void ended(StoreOutcome outcome) {
		if (this.over.compareAndSet(false, true)) {
			this.sample.stop(this.timers.of(outcome));
		}
	}

}
