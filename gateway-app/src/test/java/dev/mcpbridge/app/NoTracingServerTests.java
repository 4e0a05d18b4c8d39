package dev.mcpbridge.app;

import java.util.List;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where traces are not sent, none are made: however much would be sampled.
 */
class NoTracingServerTests {

	private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

	@Test
	void withoutTracingTheClientsOwnPassesAndNobodyIsToldAnything() {
		TraceCollector collector = TraceCollector.start();
		try (collector;
				AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = collector.of(TestGateway.of(GatewayApplication.class))
					.property("mcp.bridge.upstream.url", atlassian.url().toString())
					.property("management.server.port", "0")
					.start()) {
			TestClient client = TestClient.register(gateway.url());
			String token = client.signIn().accessToken();
			client.call("/mcp", token, TracingServerTests.PING, "traceparent", PARENT);
			List<ReceivedRequest> received = atlassian.requests(Endpoint.MCP);
			assertThat(received.get(received.size() - 1).header("traceparent")).isEqualTo(PARENT);
			assertThat(TracingServerTests.openMetrics(gateway)).contains("mcp_bridge_requests_seconds_bucket")
				.doesNotContain("trace_id");
			assertThat(gateway.bean(Tracer.class)).isSameAs(Tracer.NOOP);
			assertThatThrownBy(() -> gateway.bean(SpanProcessor.class))
				.isInstanceOf(NoSuchBeanDefinitionException.class);
		}
		assertThat(collector.spans()).isEmpty();
		assertThat(collector.messages()).isEmpty();
	}

}
