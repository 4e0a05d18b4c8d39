package dev.mcpbridge.authorization;

import java.net.URI;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that knows only our URL signs in and calls a tool.
 */
class SignInServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void aSignedInClientCallsTheUpstreamWithTheUpstreamsToken() {
		TestClient client = TestClient.register(gateway.url());
		TestClient.Tokens tokens = client.signIn();
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.requests()).noneMatch((request) -> request.toString().contains(tokens.accessToken()));
	}

	@Test
	void theAnswerCarriesStateAndIssuer() {
		TestClient client = TestClient.register(gateway.url());
		URI answer = client.approve(client.consent());
		assertThat(answer.toString()).startsWith(TestClient.REDIRECT_URI);
		assertThat(TestClient.parameters(answer).get("state")).containsExactly(TestClient.STATE);
		assertThat(TestClient.parameters(answer).get("iss")).containsExactly(gateway.url().toString());
	}

}
