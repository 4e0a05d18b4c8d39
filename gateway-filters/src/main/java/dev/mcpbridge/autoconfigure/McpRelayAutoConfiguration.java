package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;

import dev.mcpbridge.relay.MemoryRelay;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.redis.RedisRelay;
import dev.mcpbridge.secret.KeyFile;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * What the ends of a translated session leave for each other: in Redis where replicas
 * share one and there are keys to seal with, else in memory.
 */
@AutoConfiguration(after = { McpBridgeAutoConfiguration.class, McpGrantAutoConfiguration.class,
		DataRedisReactiveAutoConfiguration.class })
@EnableConfigurationProperties(McpRelayProperties.class)
public final class McpRelayAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RelayLimits mcpRelayLimits(McpRelayProperties properties) {
		return new RelayLimits(properties.buffer(), properties.history(), properties.lifetime());
	}

	/** A relay that replicas share. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "mcp.bridge.store", havingValue = "redis")
	@ConditionalOnClass(ReactiveStringRedisTemplate.class)
	@ConditionalOnBean(KeyFile.class)
	@ConditionalOnMissingBean(Relay.class)
	static final class Redis {

		@Bean
		RedisRelay mcpRelay(ReactiveStringRedisTemplate redis, KeyFile keys, RelayLimits limits,
				McpBridgeProperties properties, ObjectProvider<CircuitBreakerRegistry> circuits) {
			CircuitBreakerRegistry registry = circuits.getIfAvailable(CircuitBreakerRegistry::ofDefaults);
			return new RedisRelay(redis, "mcp-bridge", keys, limits, properties.storeTimeout(),
					RedisCircuit.RELAY.of(registry));
		}

	}

	@Bean
	@ConditionalOnMissingBean(Relay.class)
	MemoryRelay mcpMemoryRelay(RelayLimits limits, McpRelayProperties properties, InstantSource clock) {
		return new MemoryRelay(limits, properties.channels(), clock);
	}

}
