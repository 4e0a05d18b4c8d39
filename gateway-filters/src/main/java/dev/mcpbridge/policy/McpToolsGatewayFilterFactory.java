package dev.mcpbridge.policy;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Judges calls of tools by a policy, asks the gates, and tells the listeners.
 */
public final class McpToolsGatewayFilterFactory extends McpFilterFactory<McpToolsGatewayFilterFactory.Config> {

	/** Makes the filter's factory. */
	public McpToolsGatewayFilterFactory() {
		super(Config.class);
	}

	@Override
	public GatewayFilter apply(Config config) {
		return at(FilterOrder.POLICY, config, (exchange, chain) -> chain.filter(exchange));
	}

	/**
	 * The arguments.
	 *
	 * @param policy the name of the policy; empty for {@code mcp.bridge.tools.policy}
	 */
	public record Config(@Nullable String policy) {

	}

}
