package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An authorization server that is away: what clients, operators and Kubernetes see of it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnwellUpstreamServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.of(GatewayApplication.class)
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.property("management.server.port", "0")
		.property("resilience4j.retry.instances.mcp-upstream.wait-duration", "20ms")
		.property("resilience4j.circuitbreaker.instances.mcp-upstream.wait-duration-in-open-state", "10m")
		.clock(atlassian.clock())
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	static final String token = client.signIn().accessToken();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	@Order(1)
	void anOutageThatPassesIsNotSeenByAnybody() {
		atlassian.clock().advance(Duration.ofMinutes(56));
		int before = atlassian.tokenRequests();
		atlassian.faults().next(2, Endpoint.TOKEN, Fault.status(503));
		assertThat(client.initialize(token).statusCode()).isEqualTo(200);
		assertThat(atlassian.tokenRequests() - before).isEqualTo(3);
		assertThat(circuit()).isEqualTo("CLOSED");
	}

	@Test
	@Order(2)
	void anUpstreamThatStaysAwayIsLeftAlone() {
		atlassian.clock().advance(Duration.ofMinutes(56));
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(503));
		await().until(() -> {
			assertThat(client.initialize(token).statusCode()).isEqualTo(503);
			atlassian.clock().advance(Duration.ofMinutes(2));
			return circuit().equals("OPEN");
		});
		int before = atlassian.tokenRequests();
		HttpResponse<String> refused = client.initialize(token);
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(atlassian.tokenRequests()).isEqualTo(before);
	}

	@Test
	@Order(3)
	void anOpenCircuitMakesNothingUnhealthy() {
		JsonNode health = json("/health");
		assertThat(health.get("status").asString()).isEqualTo("UP");
		assertThat(health.at("/components/circuitBreakers/details/mcp-upstream/status").asString()).isIn("CIRCUIT_OPEN",
				"CIRCUIT_HALF_OPEN");
		for (String probe : new String[] { "/health", "/health/liveness", "/health/readiness" }) {
			assertThat(actuator(probe).statusCode()).as(probe).isEqualTo(200);
			assertThat(json(probe).get("status").asString()).as(probe).isEqualTo("UP");
		}
	}

	@Test
	@Order(4)
	void whatTheGuardsDidCanBeRead() {
		String metrics = actuator("/prometheus").body();
		assertThat(metrics.lines()).anyMatch((line) -> line.startsWith("resilience4j_circuitbreaker_state{")
				&& line.contains("name=\"mcp-upstream\"") && line.contains("state=\"open\"") && line.endsWith(" 1.0"));
		assertThat(metrics).contains("resilience4j_circuitbreaker_calls_seconds_count",
				"resilience4j_circuitbreaker_not_permitted_calls_total", "resilience4j_circuitbreaker_failure_rate",
				"resilience4j_circuitbreaker_slow_calls", "resilience4j_retry_calls_total",
				"resilience4j_timelimiter_calls_total", "resilience4j_bulkhead_available_concurrent_calls");
	}

	@Test
	@Order(5)
	void anUpstreamThatIsBackIsUsedWithoutALogin() {
		atlassian.faults().clear();
		gateway.bean(CircuitBreakerRegistry.class).circuitBreaker("mcp-upstream").transitionToHalfOpenState();
		atlassian.clock().advance(Duration.ofMinutes(2));
		assertThat(client.initialize(token).statusCode()).isEqualTo(200);
	}

	private static String circuit() {
		return json("/health").at("/components/circuitBreakers/details/mcp-upstream/details/state").asString();
	}

	private static JsonNode json(String page) {
		return TestClient.json(actuator(page));
	}

	private static HttpResponse<String> actuator(String page) {
		String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
		return new Browser().get(URI.create("http://localhost:%s/actuator%s".formatted(port, page)));
	}

}
