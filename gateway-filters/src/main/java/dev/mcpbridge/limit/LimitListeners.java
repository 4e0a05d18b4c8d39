package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record LimitListeners(List<LimitListener> listeners) implements LimitListener {

	@Override
	public void waited(Kind why, Duration waited) {
		this.listeners.forEach((listener) -> listener.waited(why, waited));
	}

	@Override
	public void refused(Kind why, Impatience how) {
		this.listeners.forEach((listener) -> listener.refused(why, how));
	}

	@Override
	public void upstreamRefused(Answer answer) {
		this.listeners.forEach((listener) -> listener.upstreamRefused(answer));
	}

}
