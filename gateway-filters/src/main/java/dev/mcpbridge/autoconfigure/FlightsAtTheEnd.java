package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import dev.mcpbridge.translation.Flights;

/**
 * Lets translated sessions say farewell to the upstream before the process ends: after
 * the streams of their clients were closed, before the relay and the upstream can be
 * reached no more. What takes longer is cut off.
 */
final class FlightsAtTheEnd extends AtTheEnd {

	/** As with refreshes in flight, and for the same reasons. */
	static final int PHASE = RefreshesAtTheEnd.PHASE;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Flights flights;

	FlightsAtTheEnd(Flights flights) {
		super(PHASE);
		this.flights = flights;
	}

	@Override
	void end(Runnable ended) {
		this.flights.whenLanded(PATIENCE, ended);
	}

}
