package dev.mcpbridge.store;

import java.io.IOException;
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
import redis.embedded.RedisShardedCluster;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store in a cluster of three does what every store does.
 */
class RedisClusterServerTests extends BridgeStoreContract {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String PREFIX = "test-" + UUID.randomUUID();

	private static RedisShardedCluster cluster;

	private static LettuceConnectionFactory connections;

	@BeforeAll
	static void start() throws IOException {
		cluster = RedisShardedCluster.newRedisCluster().shard("a", 0).shard("b", 0).shard("c", 0).ephemeral().build();
		cluster.start();
		RedisClusterConfiguration nodes = new RedisClusterConfiguration();
		cluster.ports().forEach((port) -> nodes.addClusterNode(new RedisNode("127.0.0.1", port)));
		connections = new LettuceConnectionFactory(nodes);
		connections.afterPropertiesSet();
		connections.start();
	}

	@AfterAll
	static void stop() throws IOException {
		connections.destroy();
		cluster.stop();
	}

	@Override
	BridgeStore store(SettableClock clock) {
		return new RedisStore(redis(), PREFIX, (kind) -> {
		});
	}

	@Override
	void elapse(Duration time) {
		LocalRedis.elapse(redis(), PREFIX, time);
	}

	@Test
	void aGatewaySignsPeopleIn() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
					.property("mcp.bridge.store", "redis")
					.property("mcp.bridge.token.wrap", "reference")
					.property("spring.data.redis.cluster.nodes", "127.0.0.1:" + cluster.ports().get(0))
					.start()) {
			TestClient client = TestClient.register(gateway.url());
			TestClient.Tokens tokens = client.signIn();
			assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			assertThat(client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
			assertThat(redis().keys("mcp-bridge:*").count().block(PATIENCE)).isPositive();
		}
	}

	private static ReactiveStringRedisTemplate redis() {
		return new ReactiveStringRedisTemplate(connections);
	}

}
