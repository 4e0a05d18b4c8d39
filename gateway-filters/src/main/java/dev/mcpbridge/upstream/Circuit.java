package dev.mcpbridge.upstream;

import java.time.Duration;
import java.time.Instant;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the circuit breaker: tells an operator when it opens and closes, and a caller
 * for how long it is open.
 */
final class Circuit {

	private static final Logger logger = LoggerFactory.getLogger(Circuit.class);

	private final CircuitBreaker breaker;

	private volatile @Nullable Instant end;

	private int openings;

	Circuit(CircuitBreaker breaker) {
		this.breaker = breaker;
		breaker.getEventPublisher().onStateTransition(this::changed);
	}

	boolean isOpen() {
		return isOpen(this.breaker.getState());
	}

	/** Returns how long it stays open, or {@code null} if nobody can tell. */
	@Nullable Duration remaining() {
		Instant known = this.end;
		Duration left = (known != null) ? Duration.between(now(), known) : Duration.ZERO;
		return (left.isNegative() || left.isZero()) ? null : left;
	}

	/** That it opens again after a trial is no news. */
	private synchronized void changed(CircuitBreakerOnStateTransitionEvent event) {
		State from = event.getStateTransition().getFromState();
		State to = event.getStateTransition().getToState();
		this.openings = (from == State.HALF_OPEN) ? this.openings + 1 : 1;
		this.end = (to == State.OPEN) ? now().plusMillis(waitAfter(this.openings)) : null;
		if (to == State.CLOSED) {
			logger.warn("upstream_circuit=closed");
		}
		else if (isOpen(to) && from != State.HALF_OPEN) {
			CircuitBreaker.Metrics metrics = this.breaker.getMetrics();
			logger.warn("upstream_circuit=open failed={} of={}", metrics.getNumberOfFailedCalls(),
					metrics.getNumberOfBufferedCalls());
		}
	}

	private long waitAfter(int openings) {
		return this.breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(openings);
	}

	/** By the clock of the circuit breaker, which ends the wait. */
	private Instant now() {
		return this.breaker.getCircuitBreakerConfig().getClock().instant();
	}

	private static boolean isOpen(State state) {
		return state == State.OPEN || state == State.FORCED_OPEN;
	}

}
