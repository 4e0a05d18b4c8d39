package dev.mcpbridge.record;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.util.unit.DataSize;

/**
 * Records the traffic of a route as its clients see it, while somebody wants that.
 * <p>
 * Nothing that opens anything is written down, and no request waits for it.
 */
public final class McpRecordGatewayFilterFactory extends McpFilterFactory<McpRecordGatewayFilterFactory.Config> {

	private final Recorder recorder;

	/**
	 * Makes the filter's factory.
	 * @param recorder what records
	 */
	public McpRecordGatewayFilterFactory(Recorder recorder) {
		super(Config.class);
		this.recorder = recorder;
	}

	@Override
	public GatewayFilter apply(Config config) {
		return at(FilterOrder.RECORD, config, (exchange, chain) -> {
			if (!this.recorder.isOn()) {
				return chain.filter(exchange);
			}
			Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
			return this.recorder.record(exchange, (route != null) ? route.getId() : null, config.maxBody(),
					chain::filter);
		});
	}

	/**
	 * What differs between routes.
	 *
	 * @param maxBody how much is kept of a body, no more than
	 * {@code mcp.bridge.record.max-body}, which it is if empty; 0 for none
	 */
	public record Config(@Nullable DataSize maxBody) {

		/**
		 * Checks the size.
		 */
		public Config {
			if (maxBody != null && maxBody.isNegative()) {
				throw new IllegalArgumentException("maxBody: %s (expected: 0 or more)".formatted(maxBody));
			}
		}

	}

}
