package dev.mcpbridge.refresh;

import java.time.Duration;
import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record RefreshListeners(List<RefreshListener> listeners) implements RefreshListener {

	@Override
	public void used(Duration left) {
		this.listeners.forEach((listener) -> listener.used(left));
	}

	@Override
	public void joined(RefreshTrigger trigger) {
		this.listeners.forEach((listener) -> listener.joined(trigger));
	}

	@Override
	public void leased(Duration waited) {
		this.listeners.forEach((listener) -> listener.leased(waited));
	}

	@Override
	public void recovered() {
		this.listeners.forEach((listener) -> listener.recovered());
	}

	@Override
	public void fellBack(boolean accepted) {
		this.listeners.forEach((listener) -> listener.fellBack(accepted));
	}

	@Override
	public void held() {
		this.listeners.forEach((listener) -> listener.held());
	}

	@Override
	public void letGo(boolean stored) {
		this.listeners.forEach((listener) -> listener.letGo(stored));
	}

	@Override
	public void landed(RefreshTrigger trigger, RefreshOutcome outcome, Duration took) {
		this.listeners.forEach((listener) -> listener.landed(trigger, outcome, took));
	}

}
