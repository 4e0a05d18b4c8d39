package dev.mcpbridge.app;

import java.time.Duration;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that never refreshes works on, since bridge tokens may outlive the upstream
 * tokens they stand for.
 */
class LongLivedTokenServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.of(GatewayApplication.class)
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.clock(atlassian.clock())
		.start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@ParameterizedTest
	@CsvSource({ "/mcp, 52", "/mcp, 56", "/sse, 52", "/sse, 56" })
	void callsGoOnWithOneRefresh(String path, int minutes) {
		String token = SdkClient.signIn(TestClient.register(gateway.url()), gateway.url(path)).accessToken();
		int before = atlassian.refreshes();
		try (SdkClient client = SdkClient.connect(gateway.url(), path, () -> token)) {
			atlassian.clock().advance(Duration.ofMinutes(minutes));
			for (int call = 0; call < 3; call++) {
				assertThat(client.call("getJiraIssue", Map.of("cloudId", "acme", "issueIdOrKey", "ACME-1")))
					.contains("Ignition");
			}
			await().until(() -> atlassian.refreshes() == before + 1);
		}
		assertThat(atlassian.refreshes()).isEqualTo(before + 1);
	}

}
