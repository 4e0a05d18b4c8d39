package dev.mcpbridge.upstream;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;

/**
 * Guards with our defaults but for what a test changes.
 */
final class TestGuards {

	private final CircuitBreakerConfig.Builder circuit;

	private final BulkheadConfig.Builder bulkhead;

	private TestGuards(Guards defaults) {
		this.circuit = CircuitBreakerConfig.from(defaults.circuit().getCircuitBreakerConfig());
		this.bulkhead = BulkheadConfig.from(defaults.bulkhead().getBulkheadConfig());
	}

	/** Guards whose circuit breaker goes by a clock of the test, and not by a timer. */
	static TestGuards at(InstantSource clock) {
		return new TestGuards(Guards.of(TimeLimiterRegistry.ofDefaults(), RetryRegistry.ofDefaults(),
				BulkheadRegistry.ofDefaults(), CircuitBreakerRegistry.ofDefaults()))
			.circuit((circuit) -> circuit.clock(clock.withZone(ZoneOffset.UTC))
				.automaticTransitionFromOpenToHalfOpenEnabled(false));
	}

	TestGuards circuit(UnaryOperator<CircuitBreakerConfig.Builder> change) {
		change.apply(this.circuit);
		return this;
	}

	TestGuards bulkhead(UnaryOperator<BulkheadConfig.Builder> change) {
		change.apply(this.bulkhead);
		return this;
	}

	Guards make() {
		CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
		circuits.circuitBreaker(Guards.NAME, this.circuit.build());
		BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
		bulkheads.bulkhead(Guards.NAME, this.bulkhead.build());
		return Guards.of(TimeLimiterRegistry.ofDefaults(), RetryRegistry.ofDefaults(), bulkheads, circuits);
	}

}
