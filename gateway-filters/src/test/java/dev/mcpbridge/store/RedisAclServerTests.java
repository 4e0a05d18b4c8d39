package dev.mcpbridge.store;

import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.redis.RedisStore;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A user who may do no more than the page about storage says is enough for the store.
 */
class RedisAclServerTests extends BridgeStoreContract {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String PREFIX = "mcp-bridge";

	private static final LocalRedis server = DocumentedUser.startServer();

	private static final ReactiveStringRedisTemplate gateway = DocumentedUser.connect(server);

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	BridgeStore store(SettableClock clock) {
		return new RedisStore(gateway, PREFIX, (kind) -> {
		});
	}

	@Override
	void elapse(Duration time) {
		server.elapse(PREFIX, time);
	}

	@Test
	void theUserMayDoNothingElse() {
		assertThatThrownBy(() -> gateway.opsForValue().set("others", "value").block(PATIENCE))
			.hasStackTraceContaining("NOPERM");
		assertThatThrownBy(() -> gateway.keys("*").collectList().block(PATIENCE)).hasStackTraceContaining("NOPERM");
		assertThatThrownBy(
				() -> gateway.execute((connection) -> connection.serverCommands().flushAll()).blockLast(PATIENCE))
			.hasStackTraceContaining("NOPERM");
		assertThatThrownBy(() -> gateway.opsForValue().append(PREFIX + ":x", "y").block(PATIENCE))
			.hasStackTraceContaining("NOPERM");
	}

	@Test
	void aGatewayOfThisUserSignsPeopleInAndIsHealthy() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway bridge = TestGateway.inFrontOf(atlassian.url())
					.property("mcp.bridge.store", "redis")
					.property("mcp.bridge.token.wrap", "reference")
					.property("spring.data.redis.port", Integer.toString(server.port()))
					.property("spring.data.redis.username", "gateway")
					.property("spring.data.redis.password", "change-me")
					.property("management.server.port", "0")
					.start()) {
			TestClient client = TestClient.register(bridge.url());
			TestClient.Tokens tokens = client.signIn();
			assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			assertThat(client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
			String management = bridge.bean(Environment.class).getRequiredProperty("local.management.port");
			assertThat(new Browser().get(bridge.url().resolve("http://localhost:" + management + "/actuator/health"))
				.statusCode()).isEqualTo(200);
		}
	}

}
