package dev.mcpbridge.exchange;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.route.Route;

/**
 * A filter of ours on a route: what makes the route one that speaks MCP.
 */
public interface McpFilter extends GatewayFilter {

	/**
	 * Tells whether a route has a filter of ours.
	 * @param route the route
	 * @return whether any of its filters is one, default filters included
	 */
	static boolean isOn(Route route) {
		return route.getFilters().stream().anyMatch(McpFilter::isOurs);
	}

	private static boolean isOurs(GatewayFilter filter) {
		GatewayFilter inner = filter;
		while (inner instanceof OrderedGatewayFilter ordered) {
			inner = ordered.getDelegate();
		}
		return inner instanceof McpFilter;
	}

}
