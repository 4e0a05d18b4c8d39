package dev.mcpbridge.upstream;

import java.time.Duration;
import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record UpstreamListeners(List<UpstreamListener> listeners) implements UpstreamListener {

	@Override
	public void called(Operation operation, Outcome outcome, Duration took) {
		this.listeners.forEach((listener) -> listener.called(operation, outcome, took));
	}

}
