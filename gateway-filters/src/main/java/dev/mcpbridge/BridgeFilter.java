package dev.mcpbridge;

import java.util.List;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilter;
import dev.mcpbridge.headers.CorsPolicy;
import dev.mcpbridge.headers.CorsPolicySource;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Several filters at the place of the outermost, each inside the one before it.
 *
 * @param config the arguments, printed by the actuator
 * @param filters the filters, the one that owns CORS first
 */
record BridgeFilter(McpBridgeGatewayFilterFactory.Config config,
		List<GatewayFilter> filters) implements McpFilter, Ordered, CorsPolicySource {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		GatewayFilterChain inside = chain;
		for (int index = this.filters.size() - 1; index >= 0; index--) {
			GatewayFilter filter = this.filters.get(index);
			GatewayFilterChain next = inside;
			inside = (inner) -> filter.filter(inner, next);
		}
		return inside.filter(exchange);
	}

	@Override
	public CorsPolicy corsPolicy() {
		return ((CorsPolicySource) this.filters.get(0)).corsPolicy();
	}

	@Override
	public int getOrder() {
		return FilterOrder.CORS.value();
	}

	@Override
	public String toString() {
		return "[McpBridge %s]".formatted(this.config);
	}

}
