package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * When a remote store is left alone: for a second, after half of its last answers failed.
 */
final class StoreCircuit {

	/** Its name in the registry, in properties and in metrics. */
	private static final String NAME = "mcp-store";

	private static final Log log = LogFactory.getLog(StoreCircuit.class);

	private StoreCircuit() {
	}

	/** The one that is configured by Resilience4j's properties, else ours. */
	static CircuitBreaker of(CircuitBreakerRegistry circuits) {
		CircuitBreaker circuit = circuits.find(NAME).orElseGet(() -> circuits.circuitBreaker(NAME, config()));
		circuit.getEventPublisher().onStateTransition((event) -> report(event.getStateTransition()));
		return circuit;
	}

	/** That it opens again after a trial is no news. */
	private static void report(CircuitBreaker.StateTransition transition) {
		if (transition == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
			log.warn("store_circuit=open");
		}
		else if (transition.getToState() == CircuitBreaker.State.CLOSED) {
			log.warn("store_circuit=closed");
		}
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
