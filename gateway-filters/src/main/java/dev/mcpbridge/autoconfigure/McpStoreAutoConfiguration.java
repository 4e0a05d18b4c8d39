package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;

import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.BoundedStore;
import dev.mcpbridge.store.EmbeddedStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.store.redis.RedisStore;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * The store of {@code mcp.bridge.store}.
 */
@AutoConfiguration(after = { McpBridgeAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class })
@Conditional(OnOwnTokens.class)
@ConditionalOnMissingBean(BridgeStore.class)
public final class McpStoreAutoConfiguration {

	private static final String PROPERTY = "mcp.bridge.store";

	/** A store of one process, in a file. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = PROPERTY, havingValue = "embedded", matchIfMissing = true)
	static final class Embedded {

		@Bean
		EmbeddedStore mcpStore(McpBridgeProperties properties, InstantSource clock) {
			return EmbeddedStore.open(properties.dataDir().resolve("store.db"), clock);
		}

	}

	/** A store that replicas share. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = PROPERTY, havingValue = "redis")
	@ConditionalOnClass(ReactiveStringRedisTemplate.class)
	static final class Redis {

		@Bean
		BoundedStore mcpStore(ReactiveStringRedisTemplate redis, McpBridgeProperties properties,
				ObjectProvider<CircuitBreakerRegistry> circuits, ObjectProvider<BridgeStore> outermost) {
			CircuitBreakerRegistry registry = circuits.getIfAvailable(CircuitBreakerRegistry::ofDefaults);
			RedisStore store = new RedisStore(redis, "mcp-bridge", (kind) -> outermost.getObject().unreadable(kind));
			return new BoundedStore(store, properties.storeTimeout(), RedisCircuit.STORE.of(registry));
		}

	}

	/** A store that ends with the process. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = PROPERTY, havingValue = "memory")
	static final class Memory {

		private static final int MAX_ENTRIES = 1_000_000;

		@Bean
		MemoryStore mcpStore(InstantSource clock) {
			return new MemoryStore(clock, MAX_ENTRIES);
		}

	}

}
