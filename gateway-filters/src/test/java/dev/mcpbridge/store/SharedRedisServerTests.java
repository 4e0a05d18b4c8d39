package dev.mcpbridge.store;

import java.nio.file.Path;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two gateways with one Redis and one key file know the same grants.
 */
class SharedRedisServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final LocalRedis redis = LocalRedis.start();

	@AfterAll
	static void stop() {
		redis.close();
		atlassian.close();
	}

	@Test
	void aLoginAtOneIsGoodAtTheOther(@TempDir Path directory) {
		Path keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		try (TestGateway one = replica(keys).start();
				TestGateway other = replica(keys).property("mcp.bridge.public-url", one.url().toString()).start()) {
			TestClient client = TestClient.register(one.url());
			TestClient.Tokens tokens = client.signIn();
			assertThat(client.call(other.url("/mcp").toString(), tokens.accessToken(), "{}").statusCode())
				.as("the upstream's answer to a message that is none")
				.isEqualTo(client.call("/mcp", tokens.accessToken(), "{}").statusCode())
				.isNotEqualTo(401);
			assertThat(client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
			assertThat(redis.redis().keys("mcp-bridge:*").count().block()).isGreaterThanOrEqualTo(2);
		}
	}

	private static TestGateway.Builder replica(Path keys) {
		return TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.store", "redis")
			.property("spring.data.redis.port", Integer.toString(redis.port()))
			.property("mcp.bridge.token.wrap", "reference")
			.property("mcp.bridge.keys", keys.toString());
	}

}
