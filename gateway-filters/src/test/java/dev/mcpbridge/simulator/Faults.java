package dev.mcpbridge.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * What goes wrong, where and how often. Faults of one endpoint queue up; a standing fault
 * waits behind them.
 */
public final class Faults {

	private final Map<Endpoint, Deque<Fault>> queued = new EnumMap<>(Endpoint.class);

	private final Map<Endpoint, Fault> standing = new EnumMap<>(Endpoint.class);

	/**
	 * Makes the next requests fail.
	 * @param times how many
	 * @param endpoint where
	 * @param fault how
	 */
	public synchronized void next(int times, Endpoint endpoint, Fault fault) {
		Deque<Fault> faults = this.queued.computeIfAbsent(endpoint, (unseen) -> new ArrayDeque<>());
		for (int i = 0; i < times; i++) {
			faults.addLast(fault);
		}
	}

	/**
	 * Makes every request fail until cleared.
	 * @param endpoint where
	 * @param fault how
	 */
	public synchronized void always(Endpoint endpoint, Fault fault) {
		this.standing.put(endpoint, fault);
	}

	/** Ends all faults. */
	public synchronized void clear() {
		this.queued.clear();
		this.standing.clear();
	}

	synchronized Fault take(Endpoint endpoint) {
		Deque<Fault> faults = this.queued.get(endpoint);
		Fault next = (faults != null) ? faults.pollFirst() : null;
		return (next != null) ? next : this.standing.getOrDefault(endpoint, Fault.NONE);
	}

}
