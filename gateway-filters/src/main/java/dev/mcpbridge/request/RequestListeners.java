package dev.mcpbridge.request;

import java.time.Duration;
import java.util.List;

import dev.mcpbridge.message.McpMethod;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record RequestListeners(List<RequestListener> listeners) implements RequestListener {

	@Override
	public void answered(String route, McpMethod method, RequestOutcome outcome, Duration took) {
		this.listeners.forEach((listener) -> listener.answered(route, method, outcome, took));
	}

}
