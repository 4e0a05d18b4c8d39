package dev.mcpbridge.relay.redis;

import java.time.Duration;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayContract;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.DocumentedUser;
import dev.mcpbridge.store.LocalRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A user who may do no more than the page about storage says is enough for the relay.
 */
class RedisRelayAclServerTests extends RelayContract {

	private static final String PREFIX = "mcp-bridge";

	private static final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private static final LocalRedis server = DocumentedUser.startServer();

	private static final ReactiveStringRedisTemplate gateway = DocumentedUser.connect(server);

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	protected Relay relay(RelayLimits limits) {
		return new RedisRelay(gateway, PREFIX, () -> ring, limits, Duration.ofSeconds(10),
				CircuitBreaker.ofDefaults("relay"));
	}

	@Override
	protected void elapse(Duration time) {
		server.elapse(PREFIX, time);
	}

	@Test
	void theUserSpeaksInNoOtherChannel() {
		assertThatThrownBy(() -> gateway.convertAndSend("others", "wake up").block(PATIENCE))
			.hasStackTraceContaining("NOPERM");
		assertThat(gateway.convertAndSend(PREFIX + ":relay", "a channel").block(PATIENCE)).isNotNull();
	}

}
