package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

class AtlassianSimulatorRotationServerTests {

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void thePreviousRefreshTokenStaysValidUntilTheNewOneIsUsed() {
		Tokens first = this.client.signIn();
		Tokens lost = this.client.refreshed(first);
		Tokens second = this.client.refreshed(first);
		assertError(this.client.refresh(lost.refresh(), first.clientId()), 400, "invalid_grant",
				"Invalid refresh token");
		Tokens third = this.client.refreshed(second);
		assertError(this.client.refresh(first.refresh(), first.clientId()), 400, "invalid_grant",
				"Invalid refresh token");
		assertThat(this.client.refresh(third.refresh(), first.clientId()).statusCode()).isEqualTo(200);
		assertThat(this.atlassian.refreshes()).isEqualTo(4);
	}

	@Test
	void ofSixRacingRefreshesAllAreAnsweredAndOneTokenLives() {
		Tokens tokens = this.client.signIn();
		List<Tokens> rotated = IntStream.range(0, 6)
			.parallel()
			.mapToObj((racer) -> this.client.refreshed(tokens))
			.toList();
		assertThat(rotated).extracting(Tokens::refresh).doesNotHaveDuplicates();
		assertThat(rotated).filteredOn((racer) -> lives(racer.refresh(), tokens.clientId())).hasSize(1);
	}

	@Test
	void accessTokensLiveToTheirOwnEndWhateverIsRefreshed() {
		Tokens first = this.client.signIn();
		this.atlassian.clock().advance(Duration.ofSeconds(3000));
		Tokens second = this.client.refreshed(first);
		assertAlive(first);
		this.atlassian.clock().advance(Duration.ofSeconds(300));
		assertDead(first);
		assertAlive(second);
	}

	@Test
	void aNewGrantEndsThePersonsOthersOfTheSameClient() {
		Tokens first = this.client.signIn();
		Tokens otherClient = this.client.signIn();
		this.atlassian.nextUser("6d0e1f2a3b4c5d6e7f8091a2");
		Tokens otherPerson = this.client.signIn(first.clientId());
		Tokens second = this.client.signIn(first.clientId());
		assertDead(first);
		assertError(this.client.refresh(first.refresh(), first.clientId()), 400, "invalid_grant", "Grant not found");
		assertAlive(otherClient);
		assertAlive(otherPerson);
		assertAlive(second);
	}

	@Test
	void aNewGrantCanBeMadeToSpareTheOthers() {
		try (AtlassianSimulator kind = AtlassianSimulator.builder()
			.autoApprove(true)
			.revokesOtherGrants(false)
			.start()) {
			SimulatorClient visitor = new SimulatorClient(kind);
			Tokens first = visitor.signIn();
			visitor.signIn(first.clientId());
			assertThat(visitor.refresh(first.refresh(), first.clientId()).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void revokingARefreshTokenEndsTheGrant() {
		Tokens tokens = this.client.signIn();
		this.client.token(Map.of("token", tokens.refresh(), "client_id", this.client.register()));
		assertAlive(tokens);
		assertThat(this.client.token(Map.of("token", tokens.refresh(), "client_id", tokens.clientId())).statusCode())
			.isEqualTo(200);
		assertDead(tokens);
	}

	@Test
	void secondGenerationLastsEightHoursAndForgivesNoReuse() {
		try (AtlassianSimulator strict = AtlassianSimulator.builder().authv2().autoApprove(true).start()) {
			SimulatorClient visitor = new SimulatorClient(strict, "/VCeDsk8ZauthV2");
			Tokens tokens = visitor.signIn();
			HttpResponse<String> rotation = visitor.refresh(tokens.refresh(), tokens.clientId());
			assertThat(SimulatorClient.json(rotation).path("expires_in").asInt()).isEqualTo(28800);
			assertError(visitor.refresh(tokens.refresh(), tokens.clientId()), 403, "unauthorized_client",
					"refresh_token is invalid");
			Tokens rotated = Tokens.of(tokens.clientId(), rotation);
			assertThat(visitor.refresh(rotated.refresh(), tokens.clientId()).statusCode()).isEqualTo(200);
			assertThat(visitor
				.post("/v1/mcp/authv2", SimulatorClient.message("initialize", "{}"), "authorization",
						"Bearer " + tokens.access())
				.statusCode()).isEqualTo(200);
		}
	}

	private boolean lives(String refreshToken, String clientId) {
		return this.client.refresh(refreshToken, clientId).statusCode() == 200;
	}

	private void assertAlive(Tokens tokens) {
		assertThat(status(tokens)).isEqualTo(404);
	}

	private void assertDead(Tokens tokens) {
		assertThat(status(tokens)).isEqualTo(401);
	}

	private int status(Tokens tokens) {
		return this.client.mcp(tokens, "unknown-session", SimulatorClient.message("ping", "{}")).statusCode();
	}

	private static void assertError(HttpResponse<String> response, int status, String error, String description) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(SimulatorClient.json(response).path("error").asString()).isEqualTo(error);
		assertThat(SimulatorClient.json(response).path("error_description").asString()).isEqualTo(description);
	}

}
