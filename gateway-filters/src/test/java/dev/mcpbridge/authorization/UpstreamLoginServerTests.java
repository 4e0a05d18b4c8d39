package dev.mcpbridge.authorization;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our own login at the upstream: what it sees of the client's, and who we are there.
 */
class UpstreamLoginServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	final TestClient client = TestClient.register(gateway.url());

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void theUpstreamSeesAPkceOfOurOwn() {
		URI upstreamPage = this.client.consent();
		String challenge = FrontDesk.parameter(upstreamPage, "code_challenge");
		assertThat(FrontDesk.parameter(upstreamPage, "code_challenge_method")).isEqualTo("S256");
		assertThat(challenge).isNotBlank().isNotEqualTo(this.client.request().get("code_challenge"));
		this.client.redeem(TestClient.codeOf(this.client.approve(upstreamPage)));
		String verifier = field(last(Endpoint.TOKEN), "code_verifier");
		assertThat(verifier).isNotEqualTo(this.client.verifier());
		assertThat(CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier)).getValue())
			.isEqualTo(challenge);
	}

	@Test
	void theUpstreamSeesNothingElseOfTheClient() {
		URI upstreamPage = this.client.consent();
		assertThat(upstreamPage.toString()).doesNotContain(this.client.clientId(), "33418");
		assertThat(FrontDesk.parameter(upstreamPage, "state")).isNotEqualTo(TestClient.STATE);
		assertThat(FrontDesk.parameter(upstreamPage, "redirect_uri"))
			.isEqualTo(gateway.url("/oauth/callback").toString());
	}

	@Test
	void whereNobodyKnowsTheScopesNoneIsAskedFor() {
		try (AtlassianSimulator authv2 = AtlassianSimulator.builder().authv2().start();
				TestGateway gateway = TestGateway.inFrontOf(authv2.url())
					.property("mcp.bridge.upstream.profile", "atlassian-authv2")
					.start()) {
			URI upstreamPage = TestClient.register(gateway.url()).consent();
			assertThat(TestClient.parameters(upstreamPage)).containsKey("state").doesNotContainKey("scope");
		}
	}

	@Test
	void offlineAccessIsAlwaysAskedFor() {
		assertThat(FrontDesk.parameter(this.client.consent(), "scope").split(" ")).contains("offline_access");
		URI upstreamPage = Browser.location(this.client
			.decide(this.client.authorize(FrontDesk.with(this.client.request(), "scope", "read:jira-work")), "allow"));
		assertThat(FrontDesk.parameter(upstreamPage, "scope")).isEqualTo("read:jira-work offline_access");
	}

	@Test
	void aScopeTheUpstreamDoesNotHaveIsNotAskedFor() {
		URI upstreamPage = Browser.location(this.client.decide(
				this.client.authorize(
						FrontDesk.with(this.client.request(), "scope", "openid admin:everything read:jira-work")),
				"allow"));
		assertThat(FrontDesk.parameter(upstreamPage, "scope")).isEqualTo("read:jira-work offline_access");
	}

	@Test
	void theRegistrationNamesOneCallback() {
		this.client.consent();
		JsonNode registration = JsonMapper.shared().readTree(last(Endpoint.REGISTER).body());
		assertThat(registration.get("redirect_uris").toString())
			.isEqualTo("[\"%s\"]".formatted(gateway.url("/oauth/callback")));
	}

	@Test
	void everyGrantHasAnUpstreamClientOfItsOwn() {
		int before = atlassian.registrations();
		URI first = this.client.consent();
		URI second = this.client.consent();
		assertThat(atlassian.registrations()).isEqualTo(before + 2);
		assertThat(FrontDesk.parameter(first, "client_id")).isNotEqualTo(FrontDesk.parameter(second, "client_id"));
	}

	@Test
	void aSecondLoginOfThePersonLeavesTheFirstAlone() {
		TestClient.Tokens first = this.client.signIn();
		TestClient.Tokens second = this.client.signIn();
		assertThat(this.client.initialize(first.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.client.initialize(second.accessToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void theTokenRequestIsAFormOfTheSameClient() {
		URI upstreamPage = this.client.consent();
		this.client.approve(upstreamPage);
		ReceivedRequest request = last(Endpoint.TOKEN);
		assertThat(request.header("content-type")).startsWith("application/x-www-form-urlencoded");
		assertThat(field(request, "redirect_uri")).isEqualTo(gateway.url("/oauth/callback").toString());
		assertThat(field(request, "client_id")).isEqualTo(FrontDesk.parameter(upstreamPage, "client_id"));
	}

	@Test
	void perClientRegistersOnceForEachOfOurs() {
		TestGateway sharing = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.upstream.registration", "per-client")
			.start();
		try (sharing) {
			int before = atlassian.registrations();
			TestClient one = TestClient.register(sharing.url());
			TestClient other = TestClient.register(sharing.url());
			String first = FrontDesk.parameter(one.consent(), "client_id");
			assertThat(FrontDesk.parameter(one.consent(), "client_id")).isEqualTo(first);
			assertThat(FrontDesk.parameter(other.consent(), "client_id")).isNotEqualTo(first);
			assertThat(atlassian.registrations()).isEqualTo(before + 2);
			assertThat(one.initialize(one.signIn().accessToken()).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void staticRegistersNobody() {
		TestGateway fixed = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.upstream.registration", "static")
			.property("mcp.bridge.upstream.client-id", "by-hand")
			.start();
		try (fixed) {
			int before = atlassian.registrations();
			URI upstreamPage = TestClient.register(fixed.url()).consent();
			assertThat(FrontDesk.parameter(upstreamPage, "client_id")).isEqualTo("by-hand");
			assertThat(atlassian.registrations()).isEqualTo(before);
		}
	}

	@Test
	void anUpstreamWithScopedIssuerAndResourceMetadataWorksToo() {
		AtlassianSimulator authv2 = AtlassianSimulator.builder().authv2().start();
		TestGateway modern = TestGateway.inFrontOf(authv2.url())
			.property("mcp.bridge.upstream.profile", "custom")
			.property("mcp.bridge.upstream.mcp-path", "/v1/mcp")
			.start();
		try (modern; authv2) {
			TestClient client = TestClient.register(modern.url());
			assertThat(client.initialize(client.signIn().accessToken()).statusCode()).isEqualTo(200);
		}
	}

	private static ReceivedRequest last(Endpoint endpoint) {
		List<ReceivedRequest> requests = atlassian.requests(endpoint);
		return requests.get(requests.size() - 1);
	}

	private static String field(ReceivedRequest request, String name) {
		Map<String, List<String>> form = URLUtils.parseParameters(request.body());
		return form.getOrDefault(name, List.of("")).get(0);
	}

}
