package dev.mcpbridge.policy.filter;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.policy.rule.ToolPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Judges calls of tools by a policy: refuses what it does not allow, and takes from lists
 * of tools what the caller may not call.
 * <p>
 * It is where calls are limited and told of, too. With neither a policy nor anybody who
 * wants to know, it touches nothing. Else it fails closed: a request that another reader
 * could read in another way is refused.
 */
public final class McpToolsGatewayFilterFactory extends McpFilterFactory<McpToolsGatewayFilterFactory.Config> {

	private final ToolGuard guard;

	/**
	 * Makes the filter's factory.
	 * @param guard what the filters of all routes share
	 */
	public McpToolsGatewayFilterFactory(ToolGuard guard) {
		super(Config.class);
		this.guard = guard;
	}

	@Override
	public GatewayFilter apply(Config config) {
		ToolPolicy policy = this.guard.policies().of(config.policy());
		boolean needed = policy != null || this.guard.isNeeded();
		return at(FilterOrder.POLICY, config,
				needed ? new CallFilter(this.guard, policy) : (exchange, chain) -> chain.filter(exchange));
	}

	/**
	 * The arguments.
	 *
	 * @param policy the name of the policy, or {@code none}; empty for
	 * {@code mcp.bridge.tools.policy}
	 */
	public record Config(@Nullable String policy) {

	}

}
