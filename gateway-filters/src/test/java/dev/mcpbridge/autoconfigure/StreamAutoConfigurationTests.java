package dev.mcpbridge.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How streams end when the gateway stops, by what is configured.
 */
class StreamAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withUserConfiguration(Everything.class);

	@Test
	void byDefaultStreamsEndInOrder() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(StreamsAtTheEnd.class));
	}

	@Test
	void whoWantsAnImmediateEndGetsIt() {
		this.runner.withPropertyValues("server.shutdown=immediate", "spring.lifecycle.timeout-per-shutdown-phase=1s")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(StreamsAtTheEnd.class));
	}

	@ParameterizedTest
	@CsvSource({ "20s, 26s, true", "20s, 25s, false", "0s, 1s, true", "0s, 900ms, false", "24s, 30s, true",
			"25s, 30s, false" })
	void thereIsTimeEnoughInThePhase(String drain, String phase, boolean enough) {
		this.runner
			.withPropertyValues("mcp.bridge.stream.drain=" + drain,
					"spring.lifecycle.timeout-per-shutdown-phase=" + phase)
			.run((context) -> {
				if (enough) {
					assertThat(context).hasNotFailed();
				}
				else {
					assertThat(context).getFailure()
						.rootCause()
						.isInstanceOf(IllegalArgumentException.class)
						.hasMessageStartingWith("mcp.bridge.stream.drain: ")
						.hasMessageContaining("spring.lifecycle.timeout-per-shutdown-phase, which is PT");
				}
			});
	}

	@Test
	void aDeadlineIsNotNegative() {
		this.runner.withPropertyValues("mcp.bridge.stream.drain=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("mcp.bridge.stream.drain: PT-1S (expected: 0 or more)"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everything {

	}

}
