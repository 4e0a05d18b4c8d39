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
	public void opened(ServerWebExchange exchange, Duration waited) {
		this.listeners.forEach((listener) -> listener.opened(exchange, waited));
	}

	@Override
	public void events(ServerWebExchange exchange, int count) {
		this.listeners.forEach((listener) -> listener.events(exchange, count));
	}

	@Override
	public void heartbeat(ServerWebExchange exchange) {
		this.listeners.forEach((listener) -> listener.heartbeat(exchange));
	}

	@Override
	public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
		this.listeners.forEach((listener) -> listener.ended(exchange, end, lasted));
	}

	@Override
	public void refused(ServerWebExchange exchange) {
		this.listeners.forEach((listener) -> listener.refused(exchange));
	}

	@Override
	public void oversized(ServerWebExchange exchange) {
		this.listeners.forEach((listener) -> listener.oversized(exchange));
	}

}
