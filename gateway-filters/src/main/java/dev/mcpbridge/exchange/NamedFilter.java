package dev.mcpbridge.exchange;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;

/**
 * A filter the actuator can print: its name and its arguments.
 *
 * @param name the YAML name
 * @param config the arguments
 * @param filter what it does
 */
record NamedFilter(String name, Record config, GatewayFilter filter) implements McpFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.filter.filter(exchange, chain);
	}

	@Override
	public String toString() {
		return "[%s %s]".formatted(this.name, this.config);
	}

}
