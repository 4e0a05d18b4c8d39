package dev.mcpbridge.store;

import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisSentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The master dies, its replica takes over, and nobody logs in again.
 */
class RedisSentinelServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void aFailoverEndsNoLogin() throws Exception {
		int port = LocalRedis.freePort();
		LocalRedis master = LocalRedis.start();
		RedisSentinel sentinel = sentinel(port, master);
		try (LocalRedis replica = LocalRedis.startWith("replicaof 127.0.0.1 " + master.port());
				AtlassianSimulator atlassian = AtlassianSimulator.start()) {
			sentinel.start();
			try (TestGateway gateway = gateway(atlassian, port)) {
				TestClient client = TestClient.register(gateway.url());
				TestClient.Tokens tokens = client.signIn();
				await().atMost(PATIENCE).until(() -> entries(replica) == entries(master));
				master.close();
				assertThat(client.initialize(tokens.accessToken()).statusCode()).isIn(200, 503);
				await().atMost(PATIENCE).until(() -> client.initialize(tokens.accessToken()).statusCode() == 200);
				assertThat(client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
				assertThat(client.initialize(client.signIn().accessToken()).statusCode()).isEqualTo(200);
			}
		}
		finally {
			sentinel.stop();
		}
	}

	private static TestGateway gateway(AtlassianSimulator atlassian, int sentinel) {
		return TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.store", "redis")
			.property("mcp.bridge.token.wrap", "reference")
			.property("spring.data.redis.timeout", "2s")
			.property("spring.data.redis.sentinel.master", "bridge")
			.property("spring.data.redis.sentinel.nodes", "127.0.0.1:" + sentinel)
			.start();
	}

	private static RedisSentinel sentinel(int port, LocalRedis master) {
		return RedisSentinel.newRedisSentinel()
			.port(port)
			.masterName("bridge")
			.masterPort(master.port())
			.quorumSize(1)
			.downAfterMilliseconds(1000L)
			.failOverTimeout(5000L)
			.build();
	}

	private static long entries(LocalRedis redis) {
		return redis.redis().keys("mcp-bridge:*").count().blockOptional(PATIENCE).orElseThrow();
	}

}
