package dev.mcpbridge.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.context.SmartLifecycle;

/**
 * Something that takes its time when the process ends, at its place in the order of what
 * ends.
 */
abstract class AtTheEnd implements SmartLifecycle {

	private final int phase;

	private final AtomicBoolean running = new AtomicBoolean();

	/**
	 * Makes it.
	 * @param phase what has a higher one ends before, what has a lower one afterwards
	 */
	AtTheEnd(int phase) {
		this.phase = phase;
	}

	/**
	 * Begins the end.
	 * @param ended is run once it is over; Spring waits for it, but not for ever
	 */
	abstract void end(Runnable ended);

	@Override
	public final void start() {
		this.running.set(true);
	}

	@Override
	public final void stop(Runnable stopped) {
		this.running.set(false);
		end(stopped);
	}

	@Override
	public final void stop() {
		this.running.set(false);
	}

	@Override
	public final boolean isRunning() {
		return this.running.get();
	}

	@Override
	public final int getPhase() {
		return this.phase;
	}

}
