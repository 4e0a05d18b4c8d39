package dev.mcpbridge.policy;

import java.util.List;

import org.springframework.web.server.ServerWebExchange;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record ToolCallListeners(List<ToolCallListener> listeners) implements ToolCallListener {

	@Override
	public void ended(ServerWebExchange exchange, EndedCall call) {
		this.listeners.forEach((listener) -> listener.ended(exchange, call));
	}

	@Override
	public void malformed(ServerWebExchange exchange, BodyDefect defect) {
		this.listeners.forEach((listener) -> listener.malformed(exchange, defect));
	}

	@Override
	public void hidden(ServerWebExchange exchange, int count) {
		this.listeners.forEach((listener) -> listener.hidden(exchange, count));
	}

}
