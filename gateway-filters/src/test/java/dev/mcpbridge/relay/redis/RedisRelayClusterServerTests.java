package dev.mcpbridge.relay.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayContract;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.LocalRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.embedded.RedisShardedCluster;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * The relay in a cluster of three does what every relay does, whichever node replicas
 * hear of a message at.
 */
class RedisRelayClusterServerTests extends RelayContract {

	private static final String PREFIX = "test-" + UUID.randomUUID();

	private static final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private static RedisShardedCluster cluster;

	private static LettuceConnectionFactory connections;

	private final Relay other = relay(LIMITS);

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
	protected Relay relay(RelayLimits limits) {
		return new RedisRelay(redis(), PREFIX, () -> ring, limits, Duration.ofSeconds(10),
				CircuitBreaker.ofDefaults("relay"));
	}

	@Override
	protected Relay other() {
		return this.other;
	}

	@Override
	protected void elapse(Duration time) {
		LocalRedis.elapse(redis(), PREFIX, time);
	}

	private static ReactiveStringRedisTemplate redis() {
		return new ReactiveStringRedisTemplate(connections);
	}

}
