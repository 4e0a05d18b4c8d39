package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamAuthorizationTests {

	private static final URI CALLBACK = URI.create("https://gateway.example.com/oauth/callback");

	/** The pair of RFC 7636, appendix B. */
	private static final CodeVerifier VERIFIER = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

	private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	@Test
	void aPersonIsSentWithAChallengeAndNeverTheVerifier() {
		URI request = request(UpstreamProfile.ATLASSIAN_V1, "https://mcp.atlassian.com/v1/authorize", null);
		assertThat(request).hasScheme("https").hasHost("mcp.atlassian.com").hasPath("/v1/authorize");
		assertThat(parameters(request)).containsOnly(Map.entry("response_type", List.of("code")),
				Map.entry("client_id", List.of("Gj7r28HA4SUrixmW")),
				Map.entry("redirect_uri", List.of(CALLBACK.toString())),
				Map.entry("scope", List.of("read:jira-work write:jira-work offline_access")),
				Map.entry("state", List.of("sealed")), Map.entry("code_challenge", List.of(CHALLENGE)),
				Map.entry("code_challenge_method", List.of("S256")));
	}

	@Test
	void theResourceIsNamedWhereTheUpstreamWantsIt() {
		URI resource = URI.create("https://mcp.atlassian.com/v2/mcp");
		URI request = request(UpstreamProfile.ATLASSIAN_V2, "https://auth.atlassian.com/authorize", resource);
		assertThat(parameters(request)).containsEntry("resource", List.of(resource.toString()))
			.containsEntry("scope", List.of("read write"));
	}

	@Test
	void aQueryOfTheEndpointIsKept() {
		URI request = request(UpstreamProfile.ATLASSIAN_V1, "https://auth.example.com/authorize?tenant=a%20b", null);
		assertThat(parameters(request)).containsEntry("tenant", List.of("a b")).containsKey("code_challenge");
	}

	private static URI request(UpstreamProfile profile, String endpoint, @Nullable URI resource) {
		URI tokenEndpoint = URI.create("https://auth.example.com/token");
		UpstreamServer server = new UpstreamServer("https://auth.example.com", URI.create(endpoint), tokenEndpoint,
				null, null, List.of("read", "write"), resource, List.of(), false);
		UpstreamClient client = new UpstreamClient("Gj7r28HA4SUrixmW", null, TokenEndpointAuth.NONE,
				"https://auth.example.com", tokenEndpoint, resource, ScriptedUpstream.NOW, null);
		UpstreamSettings settings = UpstreamSettings.of(profile, URI.create("https://mcp.atlassian.com"), CALLBACK);
		return new UpstreamAuthorization(settings).request(server, client, new Scope(), new State("sealed"), VERIFIER);
	}

	private static Map<String, List<String>> parameters(URI request) {
		return URLUtils.parseParameters(request.getRawQuery());
	}

}
