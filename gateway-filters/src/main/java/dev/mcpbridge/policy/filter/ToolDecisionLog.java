package dev.mcpbridge.policy.filter;

import dev.mcpbridge.policy.BodyDefect;
import dev.mcpbridge.policy.Decision;
import dev.mcpbridge.policy.Decision.Verdict;
import dev.mcpbridge.policy.EndedCall;
import dev.mcpbridge.policy.ToolCallListener;
import dev.mcpbridge.policy.ToolClasses;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * A log line for each call that is refused, or would be. It names nobody, and of tools
 * only those that are known: any other name is the client's invention.
 */
public final class ToolDecisionLog implements ToolCallListener {

	private static final Log log = LogFactory.getLog(ToolDecisionLog.class);

	private final ToolClasses classes;

	/**
	 * Makes the log.
	 * @param classes the known tools
	 */
	public ToolDecisionLog(ToolClasses classes) {
		this.classes = classes;
	}

	@Override
	public boolean wantsEveryCall() {
		return false;
	}

	@Override
	public void ended(ServerWebExchange exchange, EndedCall call) {
		Decision decision = call.decision();
		if (decision.verdict() != Verdict.ALLOWED && log.isInfoEnabled()) {
			String tool = this.classes.isKnown(call.call().name()) ? call.call().name() : "other";
			log.info("event=%s route=%s tool=%s class=%s reason=%s policy=%s rule=%s".formatted(
					(decision.verdict() == Verdict.REFUSED) ? "call-refused" : "call-would-be-refused",
					routeOf(exchange), tool, call.call().kind().word(), decision.reason(), named(decision.policy()),
					named(decision.rule())));
		}
	}

	@Override
	public void malformed(ServerWebExchange exchange, BodyDefect defect) {
		if (log.isInfoEnabled()) {
			log.info("event=request-unjudged route=%s defect=%s".formatted(routeOf(exchange), defect.word()));
		}
	}

	private static String routeOf(ServerWebExchange exchange) {
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return (route != null) ? route.getId() : "none";
	}

	private static String named(String name) {
		return name.isEmpty() ? "none" : name;
	}

}
