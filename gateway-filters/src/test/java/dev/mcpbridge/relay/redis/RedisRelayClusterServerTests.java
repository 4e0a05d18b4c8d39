package dev.mcpbridge.relay.redis;

import java.time.Duration;
import java.util.UUID;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayContract;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.LocalCluster;
import dev.mcpbridge.store.LocalRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The relay in a cluster of three does what every relay does, whichever node replicas
 * hear of a message at.
 */
class RedisRelayClusterServerTests extends RelayContract {

	private static final String PREFIX = "test-" + UUID.randomUUID();

	private static final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private static LocalCluster cluster;

	private final Relay other = relay(LIMITS);

	@BeforeAll
	static void start() {
		cluster = LocalCluster.start();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Override
	protected Relay relay(RelayLimits limits) {
		return new RedisRelay(cluster.redis(), PREFIX, () -> ring, limits, Duration.ofSeconds(10),
				CircuitBreaker.ofDefaults("relay"));
	}

	@Override
	protected Relay other() {
		return this.other;
	}

	@Override
	protected void elapse(Duration time) {
		LocalRedis.elapse(cluster.redis(), PREFIX, time);
	}

}
