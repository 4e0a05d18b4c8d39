package dev.mcpbridge.request;

import java.time.Duration;
import java.util.List;

import dev.mcpbridge.message.McpMethod;

/**
 * Hears of every request of a route that has a filter of ours. Nothing it is told names a
 * token, a person or a session.
 */
public interface RequestListener {

	/** Hears nothing. */
	RequestListener NONE = new RequestListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static RequestListener all(List<? extends RequestListener> listeners) {
		return new RequestListeners(List.copyOf(listeners));
	}

	/**
	 * A request is answered: its status and headers leave. Told once a request.
	 * @param route the id of its route
	 * @param method what it asks for
	 * @param outcome how it is answered
	 * @param took how long that took since it came
	 */
	default void answered(String route, McpMethod method, RequestOutcome outcome, Duration took) {
	}

}
