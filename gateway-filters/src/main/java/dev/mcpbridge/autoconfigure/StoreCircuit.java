package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

/**
 * When a remote store is left alone: for a second, after half of its last answers failed.
 */
final class StoreCircuit {

	/** Its name in the registry, in properties and in metrics. */
	private static final String NAME = "mcp-store";

	private StoreCircuit() {
	}

	/** The one that is configured by Resilience4j's properties, else ours. */
	static CircuitBreaker of(CircuitBreakerRegistry circuits) {
		return circuits.find(NAME).orElseGet(() -> circuits.circuitBreaker(NAME, config()));
	}

	private static CircuitBreakerConfig config() {
		return CircuitBreakerConfig.custom()
			.slidingWindowSize(20)
			.minimumNumberOfCalls(10)
			.failureRateThreshold(50)
			.waitDurationInOpenState(Duration.ofSeconds(1))
			.permittedNumberOfCallsInHalfOpenState(1)
			.automaticTransitionFromOpenToHalfOpenEnabled(true)
			.build();
	}

}
