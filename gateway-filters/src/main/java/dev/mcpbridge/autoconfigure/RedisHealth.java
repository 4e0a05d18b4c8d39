package dev.mcpbridge.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets the health of Redis count only where Redis is the store: the driver being on the
 * class path is no reason to be unhealthy.
 */
public final class RedisHealth implements EnvironmentPostProcessor, Ordered {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean used = "redis".equalsIgnoreCase(environment.getProperty("mcp.bridge.store"));
		environment.getPropertySources()
			.addLast(new MapPropertySource("mcpBridgeRedisHealth", Map.of("management.health.redis.enabled", used)));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
