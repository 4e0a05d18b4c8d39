package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.limit.CallLimits;
import dev.mcpbridge.limit.LimitListener;
import dev.mcpbridge.limit.UpstreamLimitFilter;
import dev.mcpbridge.store.BridgeStore;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Limits on calls of tools, where they are switched on.
 */
@AutoConfiguration(after = McpObserveAutoConfiguration.class)
@EnableConfigurationProperties(McpLimitsProperties.class)
public final class McpLimitsAutoConfiguration {

	/** Only Redis is shared; in any other store counting would cost and gain nothing. */
	@Bean
	@Order(0)
	@ConditionalOnBooleanProperty("mcp.bridge.limits.enabled")
	@ConditionalOnMissingBean
	CallLimits mcpCallLimits(McpLimitsProperties properties, McpBridgeProperties bridge,
			ObjectProvider<BridgeStore> stores, ObjectProvider<LimitListener> listeners) {
		boolean shared = bridge.store() == McpBridgeProperties.Store.REDIS;
		return new CallLimits(properties.settings(), shared ? stores.getIfAvailable() : null,
				LimitListener.all(listeners.orderedStream().toList()), Schedulers.parallel());
	}

	@Bean
	@ConditionalOnBooleanProperty("mcp.bridge.limits.enabled")
	@ConditionalOnMissingBean
	UpstreamLimitFilter mcpUpstreamLimitFilter(CallLimits limits) {
		return limits.upstreamFilter();
	}

}
