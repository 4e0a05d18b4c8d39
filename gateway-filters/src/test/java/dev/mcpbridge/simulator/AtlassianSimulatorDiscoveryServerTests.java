package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class AtlassianSimulatorDiscoveryServerTests {

	@Test
	void metadataNamesAnIssuerItIsNotFoundAt() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start()) {
			JsonNode metadata = metadata(atlassian, "/.well-known/oauth-authorization-server");
			assertThat(metadata.path("issuer").asString()).isEqualTo(AtlassianSimulator.CAPTURED_ISSUER);
			assertThat(metadata.path("authorization_endpoint").asString()).isEqualTo(atlassian.url() + "/v1/authorize");
			assertThat(metadata.path("token_endpoint").asString()).isEqualTo(atlassian.url() + "/v1/token");
			assertThat(metadata.path("registration_endpoint").asString()).isEqualTo(atlassian.url() + "/v1/register");
			assertThat(metadata.path("revocation_endpoint")).isEqualTo(metadata.path("token_endpoint"));
			assertThat(metadata.path("code_challenge_methods_supported").toString()).isEqualTo("[\"plain\",\"S256\"]");
			assertThat(metadata.path("token_endpoint_auth_methods_supported").toString())
				.isEqualTo("[\"client_secret_basic\",\"client_secret_post\",\"none\"]");
		}
	}

	@Test
	void issuerCanBeMadeToMatch() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.builder().issuer(null).start()) {
			assertThat(metadata(atlassian, "/.well-known/oauth-authorization-server").path("issuer").asString())
				.isEqualTo(atlassian.url().toString());
		}
	}

	@Test
	void resourceMetadataIsNotPublishedUnlessAsked() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start()) {
			SimulatorClient client = new SimulatorClient(atlassian);
			assertThat(client.get("/.well-known/oauth-protected-resource").statusCode()).isEqualTo(404);
			assertThat(client.get("/.well-known/oauth-protected-resource/v1/mcp").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void publishedResourceMetadataNamesTheExactPath() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.builder().publishResourceMetadata().start()) {
			JsonNode metadata = metadata(atlassian, "/.well-known/oauth-protected-resource/v1/sse");
			assertThat(metadata.path("resource").asString()).isEqualTo(atlassian.url() + "/v1/sse");
			assertThat(metadata.path("authorization_servers").path(0).asString()).isEqualTo(atlassian.url().toString());
			assertThat(new SimulatorClient(atlassian).get("/.well-known/oauth-protected-resource").statusCode())
				.isEqualTo(404);
			assertThat(new SimulatorClient(atlassian).get("/v1/mcp").headers().firstValue("www-authenticate"))
				.hasValue("Bearer realm=\"OAuth\", error=\"invalid_token\", resource_metadata=\"" + atlassian.url()
						+ "/.well-known/oauth-protected-resource/v1/mcp\"");
		}
	}

	@Test
	void secondGenerationHasAPathScopedIssuer() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.builder().authv2().start()) {
			String issuer = metadata(atlassian, "/.well-known/oauth-protected-resource/v1/mcp/authv2")
				.path("authorization_servers")
				.path(0)
				.asString();
			String path = issuer.substring(atlassian.url().toString().length());
			JsonNode metadata = metadata(atlassian, "/.well-known/oauth-authorization-server" + path);
			assertThat(path).isNotEmpty();
			assertThat(metadata.path("issuer").asString()).isEqualTo(issuer);
			assertThat(metadata.path("token_endpoint").asString()).isEqualTo(issuer + "/token");
		}
	}

	private static JsonNode metadata(AtlassianSimulator atlassian, String path) {
		HttpResponse<String> response = new SimulatorClient(atlassian).get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		return SimulatorClient.json(response);
	}

}
