package dev.mcpbridge.observe;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrantMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final GrantMetrics metrics = new GrantMetrics(this.registry);

	@Test
	void grantsThatAreBackAreCounted() {
		this.metrics.broughtBack();
		assertThat(this.registry.get("mcp.bridge.grants.brought.back").counter().count()).isOne();
	}

}
