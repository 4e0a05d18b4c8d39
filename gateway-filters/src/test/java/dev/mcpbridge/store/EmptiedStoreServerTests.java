package dev.mcpbridge.store;

import java.nio.file.Path;
import java.time.Duration;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that is empty when the gateway starts anew: nobody remembers anything but the
 * clients.
 */
class EmptiedStoreServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	@TempDir
	Path directory = Path.of("");

	Path keys = Path.of("");

	@BeforeEach
	void makeKeys() {
		this.keys = this.directory.resolve("keys.json");
		KeyFile.openOrCreate(this.keys);
	}

	@AfterAll
	static void stop() {
		atlassian.close();
	}

	@Test
	void aFreshTokenServesAndARefreshTokenBringsTheGrantBack() {
		TestClient client;
		TestClient.Tokens tokens;
		String publicUrl;
		try (TestGateway before = gateway("sealed").start()) {
			client = TestClient.register(before.url());
			tokens = client.signIn();
			publicUrl = before.url().toString();
		}
		try (TestGateway after = gateway("sealed").property("mcp.bridge.public-url", publicUrl).start()) {
			TestClient same = client.at(after.url());
			assertThat(same.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			TestClient.Tokens renewed = TestClient.tokens(same.refresh(tokens.refreshToken()));
			atlassian.clock().advance(Duration.ofHours(1));
			TestClient.Tokens later = TestClient.tokens(same.refresh(renewed.refreshToken()));
			assertThat(same.initialize(later.accessToken()).statusCode()).isEqualTo(200);
			assertThat(same.refresh(renewed.refreshToken()).statusCode()).as("a replay").isEqualTo(200);
		}
	}

	@Test
	void whatEndedUpstreamMeanwhileIsOver() {
		TestClient client;
		TestClient.Tokens tokens;
		String publicUrl;
		try (TestGateway before = gateway("sealed").start()) {
			client = TestClient.register(before.url());
			tokens = client.signIn();
			publicUrl = before.url().toString();
		}
		atlassian.forgetClients();
		atlassian.clock().advance(Duration.ofHours(1));
		try (TestGateway after = gateway("sealed").property("mcp.bridge.public-url", publicUrl).start()) {
			TestClient same = client.at(after.url());
			assertThat(same.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
			assertThat(same.refresh(tokens.refreshToken()).body()).contains("invalid_grant");
		}
	}

	@Test
	void aTokenThatOnlyRefersToAGrantBringsNothingBack() {
		TestClient client;
		TestClient.Tokens tokens;
		String publicUrl;
		try (TestGateway before = gateway("reference").start()) {
			client = TestClient.register(before.url());
			tokens = client.signIn();
			publicUrl = before.url().toString();
		}
		try (TestGateway after = gateway("reference").property("mcp.bridge.public-url", publicUrl).start()) {
			TestClient same = client.at(after.url());
			assertThat(same.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
			assertThat(same.refresh(tokens.refreshToken()).body()).contains("invalid_grant");
		}
	}

	private TestGateway.Builder gateway(String wrap) {
		return TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.property("mcp.bridge.token.wrap", wrap)
			.property("mcp.bridge.keys", this.keys.toString());
	}

}
