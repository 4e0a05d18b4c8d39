package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpResponse;

import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients learn that know only our URL.
 */
class MetadataServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.property("mcp.bridge.allowed-hosts", "*")
		.start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration" })
	void everyMcpPathHasTheSameMetadata(String place) {
		JsonNode root = metadata(place);
		for (String path : new String[] { "/mcp", "/sse", "/v1/mcp", "/v1/sse" }) {
			assertThat(metadata(place + path)).isEqualTo(root);
			assertThat(metadata(place + path + "/")).isEqualTo(root);
		}
		assertThat(get(place + "/other").statusCode()).isEqualTo(404);
	}

	@Test
	void theIssuerIsExactlyWhereTheMetadataIsFound() {
		assertThat(metadata("/.well-known/oauth-authorization-server").get("issuer").asString())
			.isEqualTo(gateway.url().toString());
		assertThat(metadata("/.well-known/openid-configuration").get("issuer").asString())
			.isEqualTo(gateway.url().toString());
	}

	@Test
	void aStrictLibraryReadsTheMetadata() throws Exception {
		AuthorizationServerMetadata metadata = AuthorizationServerMetadata
			.parse(get("/.well-known/oauth-authorization-server").body());
		assertThat(metadata.getAuthorizationEndpointURI()).isEqualTo(gateway.url("/authorize"));
		assertThat(metadata.getTokenEndpointURI()).isEqualTo(gateway.url("/access-token"));
		assertThat(metadata.getRegistrationEndpointURI()).isEqualTo(gateway.url("/register"));
		assertThat(metadata.getRevocationEndpointURI()).isEqualTo(gateway.url("/revoke"));
		assertThat(metadata.getRevocationEndpointAuthMethods()).isEqualTo(metadata.getTokenEndpointAuthMethods());
		assertThat(metadata.getJWKSetURI()).isEqualTo(gateway.url("/jwks.json"));
	}

	@Test
	void onlyWhatThereIsIsAdvertised() {
		JsonNode metadata = metadata("/.well-known/oauth-authorization-server");
		assertThat(metadata.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
		assertThat(metadata.get("response_types_supported").toString()).isEqualTo("[\"code\"]");
		assertThat(metadata.get("grant_types_supported").toString())
			.isEqualTo("[\"authorization_code\",\"refresh_token\"]");
		assertThat(metadata.get("authorization_response_iss_parameter_supported").asBoolean()).isTrue();
		assertThat(metadata.propertyNames()).doesNotContain("introspection_endpoint",
				"pushed_authorization_request_endpoint");
	}

	@Test
	void everyAdvertisedResourceDescribesItself() {
		for (JsonNode resource : metadata("/.well-known/oauth-authorization-server").get("protected_resources")) {
			URI url = URI.create(resource.asString());
			JsonNode described = metadata("/.well-known/oauth-protected-resource" + url.getPath());
			assertThat(described.get("resource")).isEqualTo(resource);
			assertThat(described.get("authorization_servers").toString())
				.isEqualTo("[\"%s\"]".formatted(gateway.url()));
		}
	}

	@Test
	void aResourceIsTheUrlAsTheClientWritesIt() {
		for (String path : new String[] { "/mcp", "/sse", "/v1/mcp", "/v1/sse" }) {
			JsonNode plain = metadata("/.well-known/oauth-protected-resource" + path);
			JsonNode slashed = metadata("/.well-known/oauth-protected-resource" + path + "/");
			assertThat(slashed.get("resource").asString()).isEqualTo(plain.get("resource").asString() + "/");
			assertThat(slashed.get("authorization_servers")).isEqualTo(plain.get("authorization_servers"));
		}
		assertThat(get("/.well-known/oauth-protected-resource/mcp//").statusCode()).isEqualTo(404);
	}

	@Test
	void whateverHostIsAskedForTheIssuerStays() {
		String answer = RawHttp.send(gateway.url(), "GET /.well-known/oauth-authorization-server HTTP/1.1\r\n"
				+ "Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");
		assertThat(answer).contains("\"issuer\":\"%s\"".formatted(gateway.url())).doesNotContain("evil");
	}

	@Test
	void aPublicUrlWithAPathHasItsMetadataAtTheRootOfTheHost() {
		TestGateway below = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.public-url", "https://host.example.com/bridge")
			.start();
		try (below) {
			for (String path : new String[] { "", "/mcp", "/bridge", "/bridge/mcp" }) {
				assertThat(json(below, "/.well-known/oauth-authorization-server" + path).get("issuer").asString())
					.isEqualTo("https://host.example.com/bridge");
			}
			assertThat(json(below, "/.well-known/oauth-protected-resource/bridge/mcp").get("resource").asString())
				.isEqualTo("https://host.example.com/bridge/mcp");
			assertThat(json(below, "/.well-known/oauth-protected-resource/bridge").get("resource").asString())
				.isEqualTo("https://host.example.com/bridge");
			assertThat(new Browser().get(below.url("/.well-known/oauth-protected-resource/bridge/other")).statusCode())
				.isEqualTo(404);
		}
	}

	@Test
	void anyPageMayReadTheMetadata() {
		assertThat(get("/.well-known/oauth-authorization-server").headers().firstValue("Access-Control-Allow-Origin"))
			.contains("*");
	}

	@Test
	void theKeysArePublicHalvesOnly() {
		JsonNode keys = metadata("/jwks.json").get("keys");
		assertThat(keys.size()).isPositive();
		for (JsonNode key : keys) {
			assertThat(key.propertyNames()).contains("kty", "kid")
				.doesNotContain("d", "p", "q", "dp", "dq", "qi", "k", "oth");
		}
	}

	private static JsonNode metadata(String path) {
		HttpResponse<String> answer = get(path);
		assertThat(answer.statusCode()).as(path).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
		return TestClient.json(answer);
	}

	private static JsonNode json(TestGateway other, String path) {
		return TestClient.json(new Browser().get(other.url(path)));
	}

	private static HttpResponse<String> get(String path) {
		return new Browser().get(gateway.url(path));
	}

}
