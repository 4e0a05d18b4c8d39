package dev.mcpbridge.access;

import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bridge token of eight hours works for all of them, whatever becomes of the upstream
 * tokens underneath.
 */
class FixedLifetimeServerTests {

	static final Duration LIFETIME = Duration.ofHours(8);

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.start();

	final TestClient client = TestClient.register(gateway.url());

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	/** Steps longer than an upstream token lives find it stale each time. */
	@ParameterizedTest
	@ValueSource(ints = { 10, 60 })
	void itWorksToItsLastSecondAndNotLonger(int minutes) {
		TestClient.Tokens tokens = this.client.signIn();
		assertThat(tokens.expiresIn()).isEqualTo(LIFETIME.toSeconds());
		int before = atlassian.refreshes();
		Duration step = Duration.ofMinutes(minutes);
		for (Duration gone = step; gone.compareTo(LIFETIME) < 0; gone = gone.plus(step)) {
			atlassian.clock().advance(step);
			assertThat(this.client.initialize(tokens.accessToken()).statusCode()).as("after " + gone).isEqualTo(200);
		}
		atlassian.clock().advance(step.minusSeconds(30));
		assertThat(this.client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.refreshes() - before).isBetween(7, 10);
		atlassian.clock().advance(Duration.ofSeconds(31));
		assertThat(this.client.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(this.client.refresh(tokens.refreshToken()).statusCode()).as("the login goes on").isEqualTo(200);
	}

}
