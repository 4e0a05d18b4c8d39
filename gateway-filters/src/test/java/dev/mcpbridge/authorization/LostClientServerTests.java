package dev.mcpbridge.authorization;

import java.net.http.HttpResponse;
import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The upstream forgets who we are: the grant ends cleanly, and the next login registers
 * anew and works.
 */
class LostClientServerTests {

	static final Duration STALE = Duration.ofMinutes(56);

	static final Duration AGEING = Duration.ofMinutes(53);

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder().revokesOtherGrants(false).start();

	static final TestGateway perGrant = gateway("per-grant");

	static final TestGateway perClient = gateway("per-client");

	@AfterAll
	static void stop() {
		perGrant.close();
		perClient.close();
		atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theTokenEndpointSaysSoAndTheNextLoginWorks(boolean shared) {
		TestClient client = TestClient.register((shared ? perClient : perGrant).url());
		Tokens tokens = client.signIn();
		atlassian.forgetClients();
		atlassian.clock().advance(STALE);
		assertError(client.refresh(tokens.refreshToken()), 400, "invalid_grant");
		assertChallenged(client.initialize(tokens.accessToken()));
		assertSignsInByANewClient(client);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRouteChallengesAndTheNextLoginWorks(boolean shared) {
		TestClient client = TestClient.register((shared ? perClient : perGrant).url());
		Tokens tokens = client.signIn();
		atlassian.forgetClients();
		atlassian.clock().advance(STALE);
		assertChallenged(client.initialize(tokens.accessToken()));
		assertSignsInByANewClient(client);
	}

	@Test
	void aRefreshNobodyWaitedForIsHeardOfToo() {
		TestClient client = TestClient.register(perClient.url());
		Tokens tokens = client.signIn();
		atlassian.forgetClients();
		atlassian.clock().advance(AGEING);
		assertThat(client.initialize(tokens.accessToken()).statusCode()).as("it still serves").isEqualTo(200);
		await().until(() -> client.initialize(tokens.accessToken()).statusCode() == 401);
		assertSignsInByANewClient(client);
	}

	@Test
	void ofPeopleWhoShareAClientTheFirstToHearOfItSparesTheOthers() {
		TestClient client = TestClient.register(perClient.url());
		Tokens one = client.signIn();
		Tokens other = client.signIn();
		atlassian.forgetClients();
		atlassian.clock().advance(STALE);
		assertChallenged(client.initialize(one.accessToken()));
		assertSignsInByANewClient(client);
		assertChallenged(client.initialize(other.accessToken()));
		int before = atlassian.registrations();
		assertThat(client.initialize(client.signIn().accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.registrations()).as("the new one is shared").isEqualTo(before);
	}

	private static void assertSignsInByANewClient(TestClient client) {
		int before = atlassian.registrations();
		Tokens tokens = client.signIn();
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.registrations()).isEqualTo(before + 1);
	}

	private static void assertChallenged(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("WWW-Authenticate"))
			.hasValueSatisfying((challenge) -> assertThat(challenge).contains("invalid_token", "resource_metadata="));
	}

	private static TestGateway gateway(String registration) {
		return TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.property("mcp.bridge.upstream.registration", registration)
			.property("mcp.bridge.token.lifetime", "PT8H")
			.start();
	}

}
