package dev.mcpbridge.policy.filter;

import java.util.List;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.ToolListReader;
import dev.mcpbridge.policy.rule.ToolPolicy;
import dev.mcpbridge.policy.wire.AnswerRewriter;
import dev.mcpbridge.policy.wire.RewrittenResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Takes from lists of tools what the caller may not call, wherever they come by.
 */
final class ListFilter {

	private final ToolGuard guard;

	private final @Nullable ToolPolicy policy;

	ListFilter(ToolGuard guard, @Nullable ToolPolicy policy) {
		this.guard = guard;
		this.policy = policy;
	}

	/** Prepares an exchange whose response is the answer to a request for the list. */
	ServerWebExchange onAnswer(ServerWebExchange exchange) {
		return (this.policy == null && this.guard.readers().isEmpty()) ? exchange : rewritten(exchange, true);
	}

	/** Prepares an exchange whose response may be a stream with answers in it. */
	ServerWebExchange onStream(ServerWebExchange exchange) {
		return (this.policy == null && this.guard.readers().isEmpty() && this.guard.gates().areNone()) ? exchange
				: rewritten(exchange, false);
	}

	private ServerWebExchange rewritten(ServerWebExchange exchange, boolean json) {
		Identity who = Identity.of(exchange);
		AnswerRewriter answers = new AnswerRewriter((tools) -> chosen(exchange, who, tools));
		return exchange.mutate()
			.request((request) -> request.header(HttpHeaders.ACCEPT_ENCODING, "identity"))
			.response(new RewrittenResponse(exchange.getResponse(), answers, this.guard.limits().answer(), json))
			.build();
	}

	private List<ObjectNode> chosen(ServerWebExchange exchange, Identity who, List<ObjectNode> tools) {
		List<ObjectNode> left = tools;
		for (ToolListReader reader : this.guard.readers()) {
			left = reader.read(exchange, left);
		}
		ToolPolicy shown = this.policy;
		if (shown != null) {
			left = left.stream().filter((tool) -> shown.shows(who, tool.path("name").asString(""))).toList();
		}
		if (left.size() < tools.size()) {
			this.guard.listener().hidden(exchange, tools.size() - left.size());
		}
		return left;
	}

}
