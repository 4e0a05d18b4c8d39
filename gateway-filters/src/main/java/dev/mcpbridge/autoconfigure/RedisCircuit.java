package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * When what is in the network is left alone: for a second, after half of its last answers
 * failed.
 */
enum RedisCircuit {

	/** Before the store. */
	STORE,

	/**
	 * Before the relay, which needs more of Redis than the store: what it is refused must
	 * not keep the store from working.
	 */
	RELAY;

	private static final Log log = LogFactory.getLog(RedisCircuit.class);

	/** The one that is configured by Resilience4j's properties, else ours. */
	CircuitBreaker of(CircuitBreakerRegistry circuits) {
		String name = "mcp-" + word();
		CircuitBreaker circuit = circuits.find(name).orElseGet(() -> circuits.circuitBreaker(name, config()));
		circuit.getEventPublisher().onStateTransition((event) -> report(event.getStateTransition()));
		return circuit;
	}

	/** That it opens again after a trial is no news. */
	private void report(CircuitBreaker.StateTransition transition) {
		if (transition == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
			log.warn("%s_circuit=open".formatted(word()));
		}
		else if (transition.getToState() == CircuitBreaker.State.CLOSED) {
			log.warn("%s_circuit=closed".formatted(word()));
		}
	}

	/** Its word in the registry, in properties, in metrics and in the log. */
	private String word() {
		return name().toLowerCase(Locale.ROOT);
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
