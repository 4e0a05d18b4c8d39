package dev.mcpbridge.access;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record AccessListeners(List<AccessListener> listeners) implements AccessListener {

	@Override
	public void challenged(Challenge why) {
		this.listeners.forEach((listener) -> listener.challenged(why));
	}

	@Override
	public void unavailable(Outage what) {
		this.listeners.forEach((listener) -> listener.unavailable(what));
	}

	@Override
	public void forcedRefresh(ForcedRefresh outcome) {
		this.listeners.forEach((listener) -> listener.forcedRefresh(outcome));
	}

	@Override
	public void replayed(Replay why, boolean accepted) {
		this.listeners.forEach((listener) -> listener.replayed(why, accepted));
	}

	@Override
	public void notReplayable() {
		this.listeners.forEach((listener) -> listener.notReplayable());
	}

	@Override
	public void carriedServed(Carried why) {
		this.listeners.forEach((listener) -> listener.carriedServed(why));
	}

}
