package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.mcpbridge.translation.Flights;

import org.springframework.context.SmartLifecycle;

/**
 * Lets translated sessions say farewell to the upstream before the process ends: after
 * the streams of their clients were closed, before the relay and the upstream can be
 * reached no more. What takes longer is cut off.
 */
final class FlightsAtTheEnd implements SmartLifecycle {

	/** As with refreshes in flight, and for the same reasons. */
	static final int PHASE = RefreshesAtTheEnd.PHASE;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Flights flights;

	private final AtomicBoolean running = new AtomicBoolean();

	FlightsAtTheEnd(Flights flights) {
		this.flights = flights;
	}

	@Override
	public void start() {
		this.running.set(true);
	}

	@Override
	public void stop(Runnable stopped) {
		this.running.set(false);
		this.flights.whenLanded(PATIENCE, stopped);
	}

	@Override
	public void stop() {
		this.running.set(false);
	}

	@Override
	public boolean isRunning() {
		return this.running.get();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
