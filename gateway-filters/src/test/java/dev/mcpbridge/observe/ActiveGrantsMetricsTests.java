package dev.mcpbridge.observe;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ActiveGrantsMetricsTests {

	@Test
	void grantsAreCountedWhenSomebodyLooks() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		AtomicInteger grants = new AtomicInteger(3);
		new ActiveGrantsMetrics(registry, grants::get);
		assertThat(registry.get("mcp.bridge.grants.active").gauge().value()).isEqualTo(3);
		grants.set(5);
		assertThat(registry.get("mcp.bridge.grants.active").gauge().value()).isEqualTo(5);
	}

}
