package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.authorization.FrontDesk.ABSENT;
import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static dev.mcpbridge.authorization.FrontDesk.codeFor;
import static dev.mcpbridge.authorization.FrontDesk.redemption;
import static dev.mcpbridge.authorization.FrontDesk.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A code is good once, for a minute, for the client that got it and holds the verifier.
 */
class CodeServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	final TestClient client = TestClient.register(gateway.url());

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void aCodeGivesTokensNobodyMayCache() {
		HttpResponse<String> answer = this.client.redeem(codeFor(this.client));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		TestClient.Tokens tokens = TestClient.tokens(answer);
		assertThat(tokens.expiresIn()).isBetween(3200L, 3240L);
		assertThat(tokens.scope()).isEqualTo("read:jira-work write:jira-work offline_access");
		assertThat(TestClient.json(answer).get("token_type").asString()).isEqualTo("Bearer");
	}

	@Test
	void theTokenIsForTheResourceThatWasAskedFor() throws Exception {
		String forSse = this.client.signIn().accessToken();
		assertThat(SignedJWT.parse(forSse).getJWTClaimsSet().getAudience())
			.containsExactly(gateway.url("/mcp").toString());
		HttpResponse<String> page = this.client.authorize(with(this.client.request(), "resource", ABSENT));
		String code = TestClient.codeOf(this.client.approve(Browser.location(this.client.decide(page, "allow"))));
		String forAll = TestClient.tokens(this.client.redeem(code)).accessToken();
		assertThat(SignedJWT.parse(forAll).getJWTClaimsSet().getAudience()).containsExactly(gateway.url().toString());
	}

	@Test
	void ofManyAtOnceOneGetsTokens() {
		String code = codeFor(this.client);
		assertThat(FrontDesk.statusesOf(12, () -> this.client.redeem(code))).containsOnly(200, 400)
			.containsOnlyOnce(200);
	}

	@Test
	void aWrongVerifierBurnsTheCode() {
		String code = codeFor(this.client);
		assertError(redeem(code, "code_verifier", new CodeVerifier().getValue()), 400, "invalid_grant");
		assertError(this.client.redeem(code), 400, "invalid_grant");
	}

	@Test
	void withoutAVerifierThereIsNoToken() {
		assertThat(redeem(codeFor(this.client), "code_verifier", ABSENT).statusCode()).isEqualTo(400);
		assertThat(redeem(codeFor(this.client), "code_verifier", "").statusCode()).isEqualTo(400);
		assertThat(redeem(codeFor(this.client), "code_verifier", "short").statusCode()).isEqualTo(400);
	}

	@Test
	void theChallengeIsNoVerifier() {
		String challenge = this.client.request().getOrDefault("code_challenge", "");
		assertError(redeem(codeFor(this.client), "code_verifier", challenge), 400, "invalid_grant");
	}

	@Test
	void aReplayedCodeEndsTheGrant() {
		String code = codeFor(this.client);
		TestClient.Tokens tokens = TestClient.tokens(this.client.redeem(code));
		assertThat(this.client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
		assertError(this.client.redeem(code), 400, "invalid_grant");
		assertThat(this.client.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
		assertError(this.client.refresh(tokens.refreshToken()), 400, "invalid_grant");
	}

	@Test
	void whoeverSawOnlyTheCodeCannotEndTheGrant() {
		String code = codeFor(this.client);
		TestClient.Tokens tokens = TestClient.tokens(this.client.redeem(code));
		assertError(redeem(code, "code_verifier", new CodeVerifier().getValue()), 400, "invalid_grant");
		assertThat(this.client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void aCodeOfAnotherClientIsBurned() {
		TestClient other = TestClient.register(gateway.url());
		String code = codeFor(this.client);
		assertError(redeem(code, "client_id", other.clientId()), 400, "invalid_grant");
		assertError(this.client.redeem(code), 400, "invalid_grant");
	}

	@Test
	void anExpiredCodeIsRefused() {
		String code = codeFor(this.client);
		atlassian.clock().advance(Duration.ofSeconds(61));
		assertError(this.client.redeem(code), 400, "invalid_grant");
	}

	@Test
	void aCodeIsGoodForAMinute() {
		String code = codeFor(this.client);
		atlassian.clock().advance(Duration.ofSeconds(55));
		assertThat(this.client.redeem(code).statusCode()).isEqualTo(200);
	}

	@Test
	void anotherRedirectUriThanTheCodeWasSentToIsRefused() {
		assertError(redeem(codeFor(this.client), "redirect_uri", "http://127.0.0.1:1/callback"), 400, "invalid_grant");
		assertError(redeem(codeFor(this.client), "redirect_uri", "https://evil.example/"), 400, "invalid_grant");
	}

	@Test
	void theRedirectUriMayBeLeftOut() {
		assertThat(redeem(codeFor(this.client), "redirect_uri", ABSENT).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a.b.c.d.e", "....", "eyJhbGciOiJub25lIn0.e30.", "%00" })
	void whatIsNoCodeIsRefused(String code) {
		assertError(this.client.redeem(code), 400, "invalid_grant");
	}

	@Test
	void whatWasSealedForAnotherPurposeIsNoCode() {
		assertError(this.client.redeem(this.client.clientId()), 400, "invalid_grant");
		assertError(this.client.redeem(this.client.signIn().refreshToken()), 400, "invalid_grant");
		URI upstreamPage = this.client.consent();
		assertError(this.client.redeem(FrontDesk.parameter(upstreamPage, "state")), 400, "invalid_grant");
	}

	@Test
	void aTamperedCodeIsRefused() {
		String code = codeFor(this.client);
		assertError(this.client.redeem(code.substring(0, code.length() - 3) + "AAA"), 400, "invalid_grant");
		assertThat(this.client.redeem(code).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://mcp.example.com/mcp", "nonsense", "/mcp" })
	void aResourceThatIsNotOursIsRefused(String resource) {
		assertError(redeem(codeFor(this.client), "resource", resource), 400, "invalid_target");
	}

	@Test
	void anotherResourceThanBeforeIsRefused() {
		assertError(redeem(codeFor(this.client), "resource", gateway.url("/sse").toString()), 400, "invalid_target");
		assertThat(redeem(codeFor(this.client), "resource", gateway.url("/mcp").toString()).statusCode())
			.isEqualTo(200);
	}

	@Test
	void noCodeIsAnAccessToken() {
		assertThat(this.client.initialize(codeFor(this.client)).statusCode()).isEqualTo(401);
	}

	private HttpResponse<String> redeem(String code, String... changes) {
		Map<String, String> form = with(redemption(this.client, code), changes);
		return this.client.token(form);
	}

}
