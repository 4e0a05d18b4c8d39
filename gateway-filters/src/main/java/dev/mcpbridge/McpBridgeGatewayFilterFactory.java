package dev.mcpbridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.mcpbridge.access.McpBridgeTokenGatewayFilterFactory;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.policy.filter.McpToolsGatewayFilterFactory;
import dev.mcpbridge.stream.McpStreamGatewayFilterFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.util.unit.DataSize;

/**
 * All filters in their order, for one-line use: {@code McpCors}, {@code McpChallenge},
 * {@code McpBridgeToken}, {@code McpSession} where there are keys, {@code McpHeaders},
 * {@code McpTools}, {@code McpStream}.
 * <p>
 * It takes the arguments that differ between most routes; for others, name the filters
 * one by one.
 */
public final class McpBridgeGatewayFilterFactory extends McpFilterFactory<McpBridgeGatewayFilterFactory.Config> {

	private final McpFilters filters;

	/**
	 * Makes the filter's factory.
	 * @param filters the filters it is made of
	 */
	public McpBridgeGatewayFilterFactory(McpFilters filters) {
		super(Config.class);
		this.filters = filters;
	}

	@Override
	public GatewayFilter apply(Config config) {
		List<GatewayFilter> inOrder = new ArrayList<>();
		inOrder.add(this.filters.cors());
		inOrder.add(this.filters.challenge());
		inOrder.add(this.filters
			.bridgeToken(new McpBridgeTokenGatewayFilterFactory.Config(config.refreshAhead(), config.replayLimit())));
		if (this.filters.hasSession()) {
			inOrder.add(this.filters.session());
		}
		inOrder.add(this.filters.headers());
		inOrder.add(this.filters.tools(new McpToolsGatewayFilterFactory.Config(config.policy())));
		inOrder.add(this.filters.stream(new McpStreamGatewayFilterFactory.Config(config.heartbeat(),
				config.answerWithin(), config.messagePath(), config.maxRequest())));
		return new BridgeFilter(config, List.copyOf(inOrder));
	}

	/**
	 * The arguments.
	 *
	 * @param refreshAhead how long before its end an upstream token is renewed, 0 or
	 * more; empty for {@code mcp.bridge.refresh.ahead}
	 * @param heartbeat how long a stream may be silent before a comment is sent; 0 for no
	 * comments
	 * @param answerWithin how long the upstream may take to begin an answer; 0 for any
	 * time
	 * @param messagePath our path for messages of the old transport; empty to tell it
	 * from the path of the stream
	 * @param replayLimit how large the body of a request may be that is sent again after
	 * the upstream refused its token, 0 or more, 0 to send none again; empty for
	 * {@code mcp.bridge.refresh.replay-limit}
	 * @param maxRequest how large the body of a request may be; 0 for any size
	 * @param policy the policy calls of tools are judged by, or {@code none}; empty for
	 * {@code mcp.bridge.tools.policy}
	 */
	public record Config(@Nullable Duration refreshAhead, @DefaultValue("15s") Duration heartbeat,
			@DefaultValue("5m") Duration answerWithin, @Nullable String messagePath, @Nullable DataSize replayLimit,
			@DefaultValue("10MB") DataSize maxRequest, @Nullable String policy) {

	}

}
