package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class AtlassianSimulatorRegistrationServerTests {

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.redirectHosts("gateway.example.com")
		.start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void publicClientGetsAnIdOfSixteenCharactersAndNoSecret() {
		JsonNode document = SimulatorClient.json(register("http://localhost:3000/callback", "none"));
		assertThat(document.path("client_id").asString()).matches("[A-Za-z0-9]{16}");
		assertThat(document.has("client_secret")).isFalse();
		assertThat(this.atlassian.registrations()).isOne();
	}

	@Test
	void confidentialClientGetsASecretAndMustShowIt() {
		JsonNode document = SimulatorClient.json(register(SimulatorClient.CALLBACK, "client_secret_post"));
		String clientId = document.path("client_id").asString();
		String code = this.client.code(clientId);
		assertThat(this.client.redeem(code, clientId).statusCode()).isEqualTo(401);
		HttpResponse<String> answer = this.client
			.token(Map.of("grant_type", "authorization_code", "code", code, "client_id", clientId, "client_secret",
					document.path("client_secret").asString(), "code_verifier", SimulatorClient.VERIFIER));
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1/callback", "http://[::1]:1/x", "https://gateway.example.com/cb" })
	void loopbackAndAllowedHostsMayRegister(String redirectUri) {
		assertThat(register(redirectUri, "none").statusCode()).isEqualTo(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://elsewhere.example.com/cb", "javascript:alert(1)", "/relative", "https://a b" })
	void otherRedirectsAreRefused(String redirectUri) {
		HttpResponse<String> response = register(redirectUri, "none");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(SimulatorClient.json(response).path("error").asString()).isEqualTo("invalid_redirect_uri");
	}

	@ParameterizedTest
	@ValueSource(strings = { "not json", "[]",
			"{\"redirect_uris\":[\"http://localhost\"]," + "\"token_endpoint_auth_method\":\"private_key_jwt\"}" })
	void badMetadataIsRefused(String body) {
		HttpResponse<String> response = this.client.post("/v1/register", body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(SimulatorClient.json(response).path("error").asString()).isEqualTo("invalid_client_metadata");
	}

	@Test
	void clientsExpireAfterNinetyDays() {
		String clientId = this.client.register();
		this.atlassian.clock().advance(Duration.ofDays(90).minusMinutes(1));
		assertThat(this.client.authorize(clientId).statusCode()).isEqualTo(302);
		this.atlassian.clock().advance(Duration.ofMinutes(1));
		assertThat(this.client.authorize(clientId).statusCode()).isEqualTo(400);
		assertInvalidClient(this.client.refresh("a:b:c", clientId));
	}

	@Test
	void clientsCanBeForgotten() {
		String clientId = this.client.register();
		this.atlassian.forgetClients();
		assertInvalidClient(this.client.refresh("a:b:c", clientId));
	}

	private static void assertInvalidClient(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(SimulatorClient.json(response).path("error").asString()).isEqualTo("invalid_client");
	}

	private HttpResponse<String> register(String redirectUri, String authMethod) {
		return this.client.post("/v1/register", """
				{"client_name":"Test","redirect_uris":["%s"],"token_endpoint_auth_method":"%s"}"""
			.formatted(redirectUri, authMethod));
	}

}
