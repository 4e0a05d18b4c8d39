package dev.mcpbridge.limit;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.policy.ToolCall;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

import org.springframework.web.server.ServerWebExchange;

/**
 * What the filter before the upstream has to know of a request that passes the limits.
 *
 * @param person the key of the person
 * @param id the id of its call, or {@code null} for a batch
 * @param since when it came, in milliseconds
 */
record LimitedCall(String person, @Nullable JsonNode id, long since) {

	private static final String ATTRIBUTE = LimitedCall.class.getName();

	LimitedCall(String person, List<ToolCall> calls, Scheduler time) {
		this(person, (calls.size() == 1) ? calls.get(0).id() : null, time.now(TimeUnit.MILLISECONDS));
	}

	void enter(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

	static @Nullable LimitedCall of(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

}
