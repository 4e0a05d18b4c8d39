package dev.mcpbridge.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.testing.DataDirectory;
import dev.mcpbridge.upstream.GuardedTokenRefresher;
import dev.mcpbridge.upstream.Guards;
import dev.mcpbridge.upstream.TokenRefresher;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guards of the upstream's token endpoint, by the standard properties of
 * Resilience4j.
 */
class ResilienceTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\| `([\\w-]+)` \\| `([^`]+)` \\|");

	private final ReactiveWebApplicationContextRunner runner;

	ResilienceTests(@TempDir Path data) {
		this.runner = new ReactiveWebApplicationContextRunner()
			.withInitializer((context) -> new ResilienceDefaults().postProcessEnvironment(context.getEnvironment(),
					new SpringApplication()))
			.withConfiguration(AutoConfigurations.of(McpBridgeAutoConfiguration.class, McpStoreAutoConfiguration.class,
					McpGrantAutoConfiguration.class, McpRefreshAutoConfiguration.class))
			.withPropertyValues("mcp.bridge.authorization-server.enabled=true", "mcp.bridge.store=memory",
					"mcp.bridge.data-dir=" + DataDirectory.furnished(data));
	}

	@Test
	void theDefaultsAreTheSameWithAndWithoutProperties() {
		withProperties().run((context) -> {
			Guards configured = guards(context);
			Guards made = Guards.of(TimeLimiterRegistry.ofDefaults(), RetryRegistry.ofDefaults(),
					BulkheadRegistry.ofDefaults(), CircuitBreakerRegistry.ofDefaults());
			assertThat(values(configured)).isEqualTo(values(made));
			for (Guards guards : List.of(configured, made)) {
				assertThat(pauses(guards, 1)).allMatch((pause) -> pause >= 150 && pause <= 450)
					.anyMatch((pause) -> pause < 250)
					.anyMatch((pause) -> pause > 350);
				assertThat(pauses(guards, 2)).allMatch((pause) -> pause >= 300 && pause <= 900)
					.anyMatch((pause) -> pause > 600);
			}
		});
	}

	@Test
	void eachStandardPropertyChangesItselfOnly() {
		withProperties()
			.withPropertyValues("resilience4j.timelimiter.instances.mcp-upstream.timeout-duration=40s",
					"resilience4j.circuitbreaker.instances.mcp-upstream.failure-rate-threshold=80")
			.run((context) -> {
				CircuitBreakerConfig circuit = guards(context).circuit().getCircuitBreakerConfig();
				assertThat(circuit.getFailureRateThreshold()).isEqualTo(80);
				assertThat(circuit.getSlidingWindowSize()).isEqualTo(20);
				assertThat(context.getBean(TokenRefresher.class).deadline()).isEqualTo(Duration.ofSeconds(40));
			});
	}

	@Test
	void theGuardsAreThoseOfTheRegistries() {
		withProperties().run((context) -> {
			guards(context).circuit().transitionToForcedOpenState();
			assertThat(context.getBean(TokenRefresher.class).isSuspended()).isTrue();
		});
	}

	@Test
	void aBulkheadThatWouldBlockStopsTheStart() {
		withProperties().withPropertyValues("resilience4j.bulkhead.instances.mcp-upstream.max-wait-duration=1s")
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
					"resilience4j.bulkhead.instances.mcp-upstream.max-wait-duration: PT1S (expected: 0"));
	}

	@Test
	void withoutTheModuleThatReadsPropertiesThereAreOurDefaults() {
		this.runner
			.withClassLoader(new FilteredClassLoader("io.github.resilience4j.springboot",
					"io.github.resilience4j.spring6", "io.github.resilience4j.common"))
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(GrantKeeper.class)
					.doesNotHaveBean(CircuitBreakerRegistry.class);
				assertThat(context.getBean(TokenRefresher.class)).isInstanceOf(GuardedTokenRefresher.class)
					.extracting(TokenRefresher::deadline)
					.isEqualTo(Duration.ofSeconds(25));
			});
	}

	@Test
	void thePageNamesEveryDefault() throws IOException {
		Map<String, Object> documented = new TreeMap<>();
		ROW.matcher(Files.readString(Path.of("docs/resilience.md")))
			.results()
			.forEach((row) -> documented.put("resilience4j.%s.%s".formatted(instance(row.group(1)), row.group(2)),
					row.group(3)));
		assertThat(documented).isEqualTo(new TreeMap<>(ResilienceDefaults.DEFAULTS));
	}

	private static String instance(String guard) {
		return guard.startsWith("mcp-") ? "circuitbreaker.instances." + guard : guard + ".instances.mcp-upstream";
	}

	private ReactiveWebApplicationContextRunner withProperties() {
		return this.runner.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
				RetryAutoConfiguration.class, TimeLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class));
	}

	private static Guards guards(ApplicationContext context) {
		return Guards.of(context.getBean(TimeLimiterRegistry.class), context.getBean(RetryRegistry.class),
				context.getBean(BulkheadRegistry.class), context.getBean(CircuitBreakerRegistry.class));
	}

	private static List<Object> values(Guards guards) {
		CircuitBreakerConfig circuit = guards.circuit().getCircuitBreakerConfig();
		return List.of(guards.timeLimiter().getTimeLimiterConfig().getTimeoutDuration(),
				guards.retry().getRetryConfig().getMaxAttempts(),
				guards.bulkhead().getBulkheadConfig().getMaxConcurrentCalls(),
				guards.bulkhead().getBulkheadConfig().getMaxWaitDuration(), circuit.getSlidingWindowType(),
				circuit.getSlidingWindowSize(), circuit.getMinimumNumberOfCalls(), circuit.getFailureRateThreshold(),
				circuit.getSlowCallDurationThreshold(), circuit.getSlowCallRateThreshold(),
				circuit.getWaitIntervalFunctionInOpenState().apply(1),
				circuit.getPermittedNumberOfCallsInHalfOpenState(),
				circuit.isAutomaticTransitionFromOpenToHalfOpenEnabled());
	}

	/** In milliseconds. */
	private static List<Long> pauses(Guards guards, int attempt) {
		return LongStream
			.generate(() -> guards.retry()
				.getRetryConfig()
				.getIntervalBiFunction()
				.apply(attempt, Either.left(new IOException())))
			.limit(200)
			.boxed()
			.toList();
	}

}
