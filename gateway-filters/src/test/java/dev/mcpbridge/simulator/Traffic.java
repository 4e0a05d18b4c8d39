package dev.mcpbridge.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.simulator.wire.Call;

/**
 * What arrived: how often, and the newest of it.
 */
final class Traffic {

	private static final int KEPT = 1000;

	private final Map<Endpoint, Integer> counts = new EnumMap<>(Endpoint.class);

	private final Map<Endpoint, Deque<ReceivedRequest>> requests = new EnumMap<>(Endpoint.class);

	synchronized void record(Endpoint endpoint, Call call) {
		this.counts.merge(endpoint, 1, Integer::sum);
		Deque<ReceivedRequest> kept = this.requests.computeIfAbsent(endpoint, (unseen) -> new ArrayDeque<>());
		kept.addLast(ReceivedRequest.of(endpoint, call));
		if (kept.size() > KEPT) {
			kept.removeFirst();
		}
	}

	synchronized int count(Endpoint endpoint) {
		return this.counts.getOrDefault(endpoint, 0);
	}

	synchronized List<ReceivedRequest> requests(Endpoint endpoint) {
		Deque<ReceivedRequest> kept = this.requests.get(endpoint);
		return (kept != null) ? List.copyOf(kept) : List.of();
	}

}
