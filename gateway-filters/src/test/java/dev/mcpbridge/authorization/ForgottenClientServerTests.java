package dev.mcpbridge.authorization;

import java.net.http.HttpResponse;
import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upstream that no longer knows the client a grant was given to: the grant ends, and
 * the next login is that of a client it knows.
 */
class ForgottenClientServerTests {

	final AtlassianSimulator atlassian = AtlassianSimulator.start();

	@AfterEach
	void stop() {
		this.atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "per-grant", "per-client" })
	void theRouteChallengesAndTheNextLoginRegistersAnew(String registration) {
		try (TestGateway gateway = registering(registration)) {
			TestClient client = TestClient.register(gateway.url());
			TestClient.Tokens tokens = client.signIn();
			forget();
			HttpResponse<String> refused = client.initialize(tokens.accessToken());
			assertThat(refused.statusCode()).isEqualTo(401);
			assertThat(refused.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer ");
			assertError(client.refresh(tokens.refreshToken()), 400, "invalid_grant");
			assertLogsInAnew(client);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "per-grant", "per-client" })
	void soDoesTheTokenEndpoint(String registration) {
		try (TestGateway gateway = registering(registration)) {
			TestClient client = TestClient.register(gateway.url());
			TestClient.Tokens tokens = client.signIn();
			forget();
			assertError(client.refresh(tokens.refreshToken()), 400, "invalid_grant");
			assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
			assertLogsInAnew(client);
		}
	}

	/** The token in use ends, and with it what the upstream knew. */
	private void forget() {
		this.atlassian.forgetClients();
		this.atlassian.clock().advance(Duration.ofMinutes(56));
	}

	private void assertLogsInAnew(TestClient client) {
		int registrations = this.atlassian.registrations();
		int refreshes = this.atlassian.refreshes();
		TestClient.Tokens again = client.signIn();
		assertThat(this.atlassian.registrations()).isEqualTo(registrations + 1);
		assertThat(client.initialize(again.accessToken()).statusCode()).isEqualTo(200);
		this.atlassian.clock().advance(Duration.ofMinutes(56));
		assertThat(client.initialize(again.accessToken()).statusCode()).isEqualTo(200);
		assertThat(client.refresh(again.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(this.atlassian.refreshes()).isEqualTo(refreshes + 1);
	}

	private TestGateway registering(String registration) {
		return TestGateway.inFrontOf(this.atlassian.url())
			.clock(this.atlassian.clock())
			.property("mcp.bridge.token.lifetime", "PT8H")
			.property("mcp.bridge.upstream.registration", registration)
			.start();
	}

}
