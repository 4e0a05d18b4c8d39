package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;

import dev.mcpbridge.observe.AccessMetrics;
import dev.mcpbridge.observe.ActiveGrantsMetrics;
import dev.mcpbridge.observe.GrantMetrics;
import dev.mcpbridge.observe.ObservedStore;
import dev.mcpbridge.observe.RefreshMetrics;
import dev.mcpbridge.observe.RequestMetrics;
import dev.mcpbridge.observe.SessionMetrics;
import dev.mcpbridge.observe.StreamMetrics;
import dev.mcpbridge.observe.TokenMetrics;
import dev.mcpbridge.observe.TranslationMetrics;
import dev.mcpbridge.refresh.ActiveGrants;
import dev.mcpbridge.store.BridgeStore;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Primary;

/**
 * Our numbers, where there is somewhere to publish them.
 */
@AutoConfiguration(after = McpStoreAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class McpObserveAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestMetrics mcpRequestMetrics(MeterRegistry registry) {
		return new RequestMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	StreamMetrics mcpStreamMetrics(MeterRegistry registry) {
		return new StreamMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	SessionMetrics mcpSessionMetrics(MeterRegistry registry, InstantSource clock) {
		return new SessionMetrics(registry, clock);
	}

	@Bean
	@ConditionalOnMissingBean
	TranslationMetrics mcpTranslationMetrics(MeterRegistry registry) {
		return new TranslationMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	AccessMetrics mcpAccessMetrics(MeterRegistry registry) {
		return new AccessMetrics(registry);
	}

	@Bean
	@ConditionalOnBooleanProperty("mcp.bridge.authorization-server.enabled")
	@ConditionalOnMissingBean
	TokenMetrics mcpTokenMetrics(MeterRegistry registry) {
		return new TokenMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	RefreshMetrics mcpRefreshMetrics(MeterRegistry registry) {
		return new RefreshMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	GrantMetrics mcpGrantMetrics(MeterRegistry registry) {
		return new GrantMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	ActiveGrantsMetrics mcpActiveGrantsMetrics(MeterRegistry registry, ActiveGrants grants) {
		return new ActiveGrantsMetrics(registry, grants::count);
	}

	/**
	 * Stands before the store for whoever asks for a store, and leaves the bean of the
	 * store alone: it is closed as before, and found by its own type.
	 */
	@Bean
	@Primary
	@Conditional(OnOneStore.class)
	@ConditionalOnMissingBean
	ObservedStore mcpObservedStore(BridgeStore store, MeterRegistry registry) {
		return new ObservedStore(store, registry);
	}

}
