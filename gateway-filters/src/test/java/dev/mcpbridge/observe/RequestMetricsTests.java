package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.message.McpMethod;
import dev.mcpbridge.request.RequestOutcome;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RequestMetrics metrics = new RequestMetrics(this.registry);

	@Test
	void nothingIsThereBeforeTheFirstRequest() {
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(RequestOutcome.class)
	void requestsAreTimedByTheirOutcome(RequestOutcome outcome) {
		this.metrics.answered("mcp", McpMethod.PING, outcome, Duration.ofMillis(30));
		this.metrics.answered("mcp", McpMethod.PING, outcome, Duration.ofMillis(40));
		Timer timer = this.registry.get("mcp.bridge.requests")
			.tags("route", "mcp", "method", "ping", "outcome", MeterPerWord.value(outcome))
			.timer();
		assertThat(timer.count()).isEqualTo(2);
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(70);
		assertThat(this.registry.get("mcp.bridge.requests").timers()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(McpMethod.class)
	void requestsAreTimedByTheirMethod(McpMethod method) {
		this.metrics.answered("mcp", method, RequestOutcome.OK, Duration.ofMillis(30));
		assertThat(this.registry.get("mcp.bridge.requests").tag("method", method.word()).timer().count()).isOne();
	}

}
