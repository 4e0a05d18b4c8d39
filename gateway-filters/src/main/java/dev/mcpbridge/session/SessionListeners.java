package dev.mcpbridge.session;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record SessionListeners(List<SessionListener> listeners) implements SessionListener {

	@Override
	public void used(String mark) {
		this.listeners.forEach((listener) -> listener.used(mark));
	}

	@Override
	public void rejected(Rejection why) {
		this.listeners.forEach((listener) -> listener.rejected(why));
	}

}
