package dev.mcpbridge.refresh;

import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A whole gateway renews what is in use although nobody asks.
 */
class UnaskedRefreshServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.property("mcp.bridge.refresh.background-rate", "10")
		.start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void whoComesBackAfterAnHourFindsAFreshToken() {
		TestClient client = TestClient.register(gateway.url());
		TestClient.Tokens used = client.signIn();
		TestClient.register(gateway.url()).signIn();
		assertThat(client.initialize(used.accessToken()).statusCode()).isEqualTo(200);
		atlassian.clock().advance(Duration.ofMinutes(52));
		await().until(() -> atlassian.refreshes() == 1);
		atlassian.clock().advance(Duration.ofMinutes(8));
		assertThat(client.initialize(used.accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.refreshes()).as("neither this request nor the grant nobody used").isEqualTo(1);
	}

}
