package dev.mcpbridge.policy;

import java.util.List;

import dev.mcpbridge.exchange.Identity;

import org.springframework.web.server.ServerWebExchange;

/**
 * A request that calls tools, and may as far as the policy goes.
 *
 * @param exchange the exchange, its route among the attributes; its body was read
 * @param who who asks
 * @param calls the calls in the order they stand there, at least one; more than one only
 * in a batch
 */
public record CallOfTools(ServerWebExchange exchange, Identity who, List<ToolCall> calls) {

	public CallOfTools {
		calls = List.copyOf(calls);
	}

}
