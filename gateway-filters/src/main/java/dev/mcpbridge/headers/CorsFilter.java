package dev.mcpbridge.headers;

import dev.mcpbridge.exchange.FilterOrder;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * The outermost filter of a route: judges the origin, owns the CORS headers of the
 * answer.
 *
 * @param config the arguments, printed by the actuator
 * @param corsPolicy what they make
 */
record CorsFilter(McpCorsGatewayFilterFactory.Config config,
		CorsPolicy corsPolicy) implements GatewayFilter, Ordered, CorsPolicySource {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.corsPolicy.guard(exchange, () -> chain.filter(exchange));
	}

	@Override
	public int getOrder() {
		return FilterOrder.CORS.value();
	}

	@Override
	public String toString() {
		return "[McpCors %s]".formatted(this.config);
	}

}
