package dev.mcpbridge.store;

import java.time.Duration;
import java.util.UUID;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.redis.RedisStore;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store in a cluster of three does what every store does.
 */
class RedisClusterServerTests extends BridgeStoreContract {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String PREFIX = "test-" + UUID.randomUUID();

	private static LocalCluster cluster;

	@BeforeAll
	static void start() {
		cluster = LocalCluster.start();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Override
	BridgeStore store(SettableClock clock) {
		return new RedisStore(cluster.redis(), PREFIX, (kind) -> {
		});
	}

	@Override
	void elapse(Duration time) {
		LocalRedis.elapse(cluster.redis(), PREFIX, time);
	}

	@Test
	void aGatewaySignsPeopleIn() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
					.property("mcp.bridge.store", "redis")
					.property("mcp.bridge.token.wrap", "reference")
					.property("spring.data.redis.cluster.nodes", cluster.node())
					.start()) {
			TestClient client = TestClient.register(gateway.url());
			TestClient.Tokens tokens = client.signIn();
			assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			assertThat(client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
			assertThat(cluster.redis().keys("mcp-bridge:*").count().block(PATIENCE)).isPositive();
		}
	}

}
