package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BreakableRedis;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What probes are told while a real Redis is there, away, and there again.
 */
class ReadinessServerTests {

	@Test
	void aReplicaIsReadyOnceRedisHasAnsweredAndForAWhileWithoutIt() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start(); BreakableRedis redis = BreakableRedis.start()) {
			redis.stop();
			try (TestGateway gateway = inFrontOf(atlassian, redis, "10m");
					TestGateway impatient = inFrontOf(atlassian, redis, "0s")) {
				assertThat(probe(gateway, "readiness").statusCode()).isEqualTo(503);
				assertThat(probe(gateway, "liveness").statusCode()).isEqualTo(200);
				redis.startEmpty();
				await().until(() -> probe(gateway, "readiness").statusCode() == 200);
				await().until(() -> probe(impatient, "readiness").statusCode() == 200);
				redis.stop();
				await().until(() -> probe(gateway, "readiness").body().contains("DEGRADED"));
				assertThat(probe(gateway, "readiness").statusCode()).isEqualTo(200);
				await().until(() -> probe(impatient, "readiness").statusCode() == 503);
				assertThat(probe(impatient, "readiness").body()).contains("OUT_OF_SERVICE");
				assertThat(probe(impatient, "liveness").statusCode()).isEqualTo(200);
			}
		}
	}

	private static TestGateway inFrontOf(AtlassianSimulator atlassian, BreakableRedis redis, String grace) {
		return TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.upstream.url", atlassian.url().toString())
			.property("mcp.bridge.store", "redis")
			.property("mcp.bridge.health.store-grace", grace)
			.property("spring.data.redis.port", Integer.toString(redis.port()))
			.property("management.server.port", "0")
			.start();
	}

	private static HttpResponse<String> probe(TestGateway gateway, String group) {
		return new Browser().send(HttpRequest.newBuilder(URI.create(
				"http://localhost:%s/actuator/health/%s".formatted(gateway.property("local.management.port"), group))));
	}

}
