package dev.mcpbridge.translation.sseclients;

import java.time.Duration;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.redis.RedisRelay;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.LocalRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterAll;

import org.springframework.util.unit.DataSize;

/**
 * Two gateways that share a Redis.
 */
class LegacyReplicasRedisServerTests extends LegacyReplicasContract {

	private static final RelayLimits LIMITS = new RelayLimits(DataSize.ofMegabytes(1), Duration.ofMinutes(5),
			Duration.ofSeconds(30));

	private static final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private static final LocalRedis redis = LocalRedis.start();

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@Override
	Relay relay() {
		return new RedisRelay(redis.redis(), "test", () -> ring, LIMITS, Duration.ofSeconds(5),
				CircuitBreaker.ofDefaults("relay"));
	}

}
