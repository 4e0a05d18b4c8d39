package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

class AtlassianSimulatorTokenServerTests {

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void answersAsCaptured() {
		String clientId = this.client.register();
		HttpResponse<String> response = this.client.redeem(this.client.code(clientId), clientId);
		JsonNode body = SimulatorClient.json(response);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(body.properties()).extracting(Map.Entry::getKey)
			.containsExactly("access_token", "token_type", "expires_in", "refresh_token", "scope");
		assertThat(body.path("token_type").asString()).isEqualTo("bearer");
		assertThat(body.path("expires_in").asInt()).isEqualTo(3300);
		assertThat(body.path("scope").asString()).isEqualTo("read:jira-work write:jira-work offline_access");
	}

	@Test
	void tokensHaveSeventyFourCharactersAndTwoSegmentsThatStay() {
		Tokens first = this.client.signIn();
		Tokens second = this.client.refreshed(first);
		List<String> tokens = List.of(first.access(), first.refresh(), second.access(), second.refresh());
		assertThat(tokens).allSatisfy((token) -> assertThat(token).hasSize(74).matches("[0-9a-f]{24}:\\w{16}:\\w{32}"))
			.doesNotHaveDuplicates();
		assertThat(tokens).extracting((token) -> token.substring(0, 41)).containsOnly(first.access().substring(0, 41));
		assertThat(this.atlassian.issuedTokens()).containsExactlyElementsOf(tokens);
	}

	@Test
	void jsonIsRefused() {
		HttpResponse<String> response = this.client.post("/v1/token", "{\"grant_type\":\"refresh_token\"}",
				"content-type", "application/json");
		assertError(response, 400, "invalid_request", "Content-Type must be application/x-www-form-urlencoded");
		assertThat(this.atlassian.tokenRequests()).isOne();
	}

	@Test
	void aRepeatedParameterIsRefused() {
		assertError(
				this.client.post("/v1/token", "client_id=a&client_id=b", "content-type",
						"application/x-www-form-urlencoded"),
				400, "invalid_request", "Request parameter \"client_id\" must not be repeated");
	}

	@Test
	void theVerifierMustProveTheChallenge() {
		String clientId = this.client.register();
		String code = this.client.code(clientId);
		assertError(this.client.token(Map.of("grant_type", "authorization_code", "code", code, "client_id", clientId,
				"code_verifier", "x".repeat(43))), 400, "invalid_grant", "Invalid PKCE code_verifier");
		assertError(this.client.token(Map.of("grant_type", "authorization_code", "code", code, "client_id", clientId)),
				400, "invalid_request", "code_verifier is required for PKCE");
	}

	@Test
	void aCodeIsGoodForOneUseAndASecondEndsTheGrant() {
		String clientId = this.client.register();
		String code = this.client.code(clientId);
		Tokens tokens = Tokens.of(clientId, this.client.redeem(code, clientId));
		assertError(this.client.redeem(code, clientId), 400, "invalid_grant", "Authorization code already used");
		assertError(this.client.refresh(tokens.refresh(), clientId), 400, "invalid_grant", "Grant not found");
		assertDead(tokens);
	}

	@Test
	void aCodeExpires() {
		String clientId = this.client.register();
		String code = this.client.code(clientId);
		this.atlassian.clock().advance(Duration.ofMinutes(10));
		assertError(this.client.redeem(code, clientId), 400, "invalid_grant",
				"Grant not found or authorization code expired");
	}

	@Test
	void anotherClientIsRefused() {
		Tokens tokens = this.client.signIn();
		assertError(this.client.refresh(tokens.refresh(), this.client.register()), 400, "invalid_grant",
				"Client ID mismatch");
		assertError(this.client.refresh(tokens.refresh(), "unknown"), 401, "invalid_client", "Client not found");
	}

	@Test
	void withoutOfflineAccessThereIsNoRefreshToken() {
		String clientId = this.client.register();
		JsonNode body = SimulatorClient
			.json(this.client.redeem(this.client.code(clientId, "scope=read:jira-work"), clientId));
		assertThat(body.has("refresh_token")).isFalse();
		assertThat(body.path("scope").asString()).isEqualTo("read:jira-work");
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
