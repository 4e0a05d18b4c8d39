package dev.mcpbridge.upstream;

import java.time.Duration;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;

/**
 * What stands between us and a token endpoint that is unwell.
 *
 * @param timeLimiter its timeout is the deadline of a refresh, attempts and pauses
 * included
 * @param retry how often an outage is tried again, and after what pause
 * @param bulkhead how many requests may wait for the upstream at once
 * @param circuit when the upstream is left alone
 */
public record Guards(TimeLimiter timeLimiter, Retry retry, Bulkhead bulkhead, CircuitBreaker circuit) {

	/** The name of each of them in its registry, in properties and in metrics. */
	public static final String NAME = "mcp-upstream";

	public Guards {
		Duration wait = bulkhead.getBulkheadConfig().getMaxWaitDuration();
		if (!wait.isZero()) {
			throw new IllegalArgumentException(
					"resilience4j.bulkhead.instances.%s.max-wait-duration: %s (expected: 0, for a wait would block a thread that serves others)"
						.formatted(NAME, wait));
		}
	}

	/**
	 * Takes the guards from their registries, and makes those that are not there with our
	 * defaults.
	 * @param timeLimiters where the time limiter is
	 * @param retries where the retry is
	 * @param bulkheads where the bulkhead is
	 * @param circuits where the circuit breaker is
	 * @return the guards
	 */
	public static Guards of(TimeLimiterRegistry timeLimiters, RetryRegistry retries, BulkheadRegistry bulkheads,
			CircuitBreakerRegistry circuits) {
		return new Guards(timeLimiters.find(NAME).orElseGet(() -> timeLimiters.timeLimiter(NAME, deadline())),
				retries.find(NAME).orElseGet(() -> retries.retry(NAME, attempts())),
				bulkheads.find(NAME).orElseGet(() -> bulkheads.bulkhead(NAME, concurrency())),
				circuits.find(NAME).orElseGet(() -> circuits.circuitBreaker(NAME, health())));
	}

	private static TimeLimiterConfig deadline() {
		return TimeLimiterConfig.custom().timeoutDuration(Duration.ofSeconds(25)).build();
	}

	private static RetryConfig attempts() {
		return RetryConfig.custom()
			.maxAttempts(3)
			.intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(300), 2, 0.5))
			.build();
	}

	private static BulkheadConfig concurrency() {
		return BulkheadConfig.custom().maxConcurrentCalls(64).maxWaitDuration(Duration.ZERO).build();
	}

	/**
	 * Slow answers are answers: only when all are almost too late is it better to stop
	 * asking.
	 */
	private static CircuitBreakerConfig health() {
		return CircuitBreakerConfig.custom()
			.slidingWindowType(SlidingWindowType.COUNT_BASED)
			.slidingWindowSize(20)
			.minimumNumberOfCalls(5)
			.failureRateThreshold(50)
			.slowCallDurationThreshold(Duration.ofSeconds(15))
			.slowCallRateThreshold(100)
			.waitDurationInOpenState(Duration.ofSeconds(10))
			.permittedNumberOfCallsInHalfOpenState(3)
			.automaticTransitionFromOpenToHalfOpenEnabled(true)
			.build();
	}

}
