package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;

import dev.mcpbridge.store.BridgeStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * What probes can ask, where Boot's health is. It is there without a store too, so that a
 * group of probes can name it whatever the configuration.
 */
@AutoConfiguration(after = { McpStoreAutoConfiguration.class, McpObserveAutoConfiguration.class })
@ConditionalOnClass(ReactiveHealthIndicator.class)
@EnableConfigurationProperties(McpHealthProperties.class)
public final class McpHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "mcpStoreHealthIndicator")
	StoreHealth mcpStoreHealthIndicator(ObjectProvider<BridgeStore> store, McpHealthProperties properties,
			InstantSource clock) {
		return new StoreHealth(store.getIfAvailable(), properties.storeGrace(), clock);
	}

}
