package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.List;

import org.springframework.web.server.ServerWebExchange;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record StreamListeners(List<StreamListener> listeners) implements StreamListener {

	@Override
	public void opened(ServerWebExchange exchange) {
		this.listeners.forEach((listener) -> listener.opened(exchange));
	}

	@Override
	public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
		this.listeners.forEach((listener) -> listener.ended(exchange, end, lasted));
	}

}
