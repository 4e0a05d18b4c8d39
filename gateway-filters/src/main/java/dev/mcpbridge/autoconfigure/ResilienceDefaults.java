package dev.mcpbridge.autoconfigure;

import java.util.Map;

import dev.mcpbridge.upstream.Guards;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the properties of Resilience4j our defaults for the token endpoint of the
 * upstream, so that each can be changed by itself: an instance that is configured in part
 * would have Resilience4j's defaults for the rest.
 */
public final class ResilienceDefaults implements EnvironmentPostProcessor, Ordered {

	/**
	 * Those of {@link Guards} and {@link RedisCircuit}, which hold where Resilience4j
	 * reads no properties.
	 */
	static final Map<String, Object> DEFAULTS = Map.ofEntries(
			Map.entry("resilience4j.circuitbreaker.instances.mcp-store.sliding-window-type", "count-based"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-store.sliding-window-size", "20"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-store.minimum-number-of-calls", "10"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-store.failure-rate-threshold", "50"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-store.wait-duration-in-open-state", "1s"),
			Map.entry(
					"resilience4j.circuitbreaker.instances.mcp-store.automatic-transition-from-open-to-half-open-enabled",
					"true"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-store.permitted-number-of-calls-in-half-open-state",
					"1"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-store.register-health-indicator", "true"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-relay.sliding-window-type", "count-based"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-relay.sliding-window-size", "20"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-relay.minimum-number-of-calls", "10"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-relay.failure-rate-threshold", "50"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-relay.wait-duration-in-open-state", "1s"),
			Map.entry(
					"resilience4j.circuitbreaker.instances.mcp-relay.automatic-transition-from-open-to-half-open-enabled",
					"true"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-relay.permitted-number-of-calls-in-half-open-state",
					"1"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-relay.register-health-indicator", "true"),
			Map.entry("resilience4j.timelimiter.instances.mcp-upstream.timeout-duration", "25s"),
			Map.entry("resilience4j.retry.instances.mcp-upstream.max-attempts", "3"),
			Map.entry("resilience4j.retry.instances.mcp-upstream.wait-duration", "300ms"),
			Map.entry("resilience4j.retry.instances.mcp-upstream.enable-exponential-backoff", "true"),
			Map.entry("resilience4j.retry.instances.mcp-upstream.exponential-backoff-multiplier", "2"),
			Map.entry("resilience4j.retry.instances.mcp-upstream.enable-randomized-wait", "true"),
			Map.entry("resilience4j.retry.instances.mcp-upstream.randomized-wait-factor", "0.5"),
			Map.entry("resilience4j.bulkhead.instances.mcp-upstream.max-concurrent-calls", "64"),
			Map.entry("resilience4j.bulkhead.instances.mcp-upstream.max-wait-duration", "0"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.sliding-window-type", "count-based"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.sliding-window-size", "20"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.minimum-number-of-calls", "5"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.failure-rate-threshold", "50"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.slow-call-duration-threshold", "15s"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.slow-call-rate-threshold", "100"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.wait-duration-in-open-state", "10s"),
			Map.entry(
					"resilience4j.circuitbreaker.instances.mcp-upstream.automatic-transition-from-open-to-half-open-enabled",
					"true"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.permitted-number-of-calls-in-half-open-state",
					"3"),
			Map.entry("resilience4j.circuitbreaker.instances.mcp-upstream.register-health-indicator", "true"));

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources().addLast(new MapPropertySource("mcpBridgeResilience", DEFAULTS));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
