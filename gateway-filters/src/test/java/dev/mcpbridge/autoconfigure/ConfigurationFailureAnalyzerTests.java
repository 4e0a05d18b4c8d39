package dev.mcpbridge.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator reads when a value of ours stops the start.
 */
class ConfigurationFailureAnalyzerTests {

	private final ConfigurationFailureAnalyzer analyzer = new ConfigurationFailureAnalyzer();

	@ParameterizedTest
	@ValueSource(strings = { "mcp.bridge.public-url: ftp://x (expected: an https URL, or http on a loopback host)",
			"resilience4j.bulkhead.instances.mcp-upstream.max-wait-duration: PT1S (expected: 0)",
			"route mcp, filter McpStream: unknown argument heartbet (known: [heartbeat])",
			"default-filters: no filter McpStreem (known: [McpStream])" })
	void saysWhatWeSayAndNothingElse(String message) {
		FailureAnalysis analysis = this.analyzer
			.analyze(new IllegalStateException("context", new IllegalArgumentException(message)));
		assertThat(analysis).extracting(FailureAnalysis::getDescription).isEqualTo(message);
	}

	@Test
	void leavesOthersFailuresToOthers() {
		assertThat(this.analyzer.analyze(new IllegalArgumentException("somebody else's"))).isNull();
	}

}
