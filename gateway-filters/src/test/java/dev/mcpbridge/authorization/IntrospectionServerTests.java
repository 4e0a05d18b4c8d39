package dev.mcpbridge.authorization;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.mcpbridge.grant.GrantListener.RevokedBy;
import dev.mcpbridge.refresh.GrantRevocation;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a token is worth now, for the one program that may ask.
 */
class IntrospectionServerTests {

	static final Duration SOON = Duration.ofSeconds(20);

	static final String ID = "resource-server";

	static final String SECRET = "a secret: with % and +";

	static final FailingStore store = new FailingStore(new MemoryStore(InstantSource.system(), 10_000));

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.bean(BridgeStore.class, store)
		.property("mcp.bridge.authorization-server.introspection.client-id", ID)
		.property("mcp.bridge.authorization-server.introspection.client-secret", SECRET)
		.start();

	static final TestGateway closed = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.withKeysOfItsOwn()
		.start();

	final TestClient client = TestClient.register(gateway.url());

	final Tokens tokens = this.client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		closed.close();
		atlassian.close();
	}

	@AfterEach
	void heal() {
		store.fail(FailingStore.Failure.NONE);
	}

	@Test
	void aBridgeTokenIsDescribedByItsClaims() throws Exception {
		HttpResponse<String> answer = introspect(this.tokens.accessToken());
		JWTClaimsSet claims = SignedJWT.parse(this.tokens.accessToken()).getJWTClaimsSet();
		JsonNode said = TestClient.json(answer);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(said.propertyNames()).containsExactlyInAnyOrder("active", "client_id", "sub", "scope", "exp", "iat",
				"iss", "aud", "jti", "token_type");
		assertThat(said.get("active").asBoolean()).isTrue();
		assertThat(said.get("token_type").asString()).isEqualTo("Bearer");
		assertThat(said.get("client_id").asString()).isEqualTo(this.client.clientId());
		assertThat(said.get("sub").asString()).isEqualTo(claims.getSubject());
		assertThat(said.get("scope").asString()).isEqualTo(this.tokens.scope());
		assertThat(said.get("exp").asLong()).isEqualTo(claims.getExpirationTime().toInstant().getEpochSecond());
		assertThat(said.get("iat").asLong()).isEqualTo(claims.getIssueTime().toInstant().getEpochSecond());
		assertThat(said.get("iss").asString()).isEqualTo(gateway.url().toString());
		assertThat(said.get("aud").asString()).isEqualTo(gateway.url("/mcp").toString());
		assertThat(said.get("jti").asString()).isEqualTo(claims.getJWTID());
	}

	@Test
	void aStrictLibraryReadsTheAnswer() throws Exception {
		String body = introspect(this.tokens.accessToken()).body();
		TokenIntrospectionSuccessResponse read = TokenIntrospectionSuccessResponse.parse(JSONObjectUtils.parse(body));
		assertThat(read.isActive()).isTrue();
		assertThat(read.getAudience()).hasSize(1);
	}

	@Test
	void aRefreshTokenIsNotTakenForAnAccessToken() {
		JsonNode said = TestClient.json(introspect(this.tokens.refreshToken()));
		assertThat(said.propertyNames()).containsExactlyInAnyOrder("active", "client_id", "sub", "scope", "exp", "iss");
		assertThat(said.get("active").asBoolean()).isTrue();
		assertThat(said.get("client_id").asString()).isEqualTo(this.client.clientId());
		assertThat(said.get("exp").asLong() - atlassian.clock().instant().getEpochSecond())
			.isBetween(Duration.ofDays(90).toSeconds() - 60, Duration.ofDays(90).toSeconds());
	}

	@Test
	void aRefreshTokenIsActiveWhileItGetsAnAnswer() {
		TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		assertThat(isActive(this.tokens.refreshToken())).isTrue();
		atlassian.clock().advance(Duration.ofHours(3));
		assertInactive(introspect(this.tokens.refreshToken()));
	}

	@Test
	void askingEndsAndRenewsNothing() {
		Tokens next = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		atlassian.clock().advance(Duration.ofHours(3));
		int before = atlassian.refreshes();
		assertInactive(introspect(this.tokens.refreshToken()));
		assertThat(isActive(next.refreshToken())).isTrue();
		assertThat(atlassian.refreshes()).isEqualTo(before);
		assertThat(this.client.refresh(next.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void whatIsOverIsInactive() {
		atlassian.clock().advance(Duration.ofSeconds(this.tokens.expiresIn() + 1));
		assertInactive(introspect(this.tokens.accessToken()));
		assertThat(isActive(this.tokens.refreshToken())).isTrue();
		atlassian.clock().advance(Duration.ofDays(91));
		assertInactive(introspect(this.tokens.refreshToken()));
	}

	@Test
	void whatWasEndedIsInactive() {
		String grantId = FrontDesk.grantIdOf(this.tokens.accessToken());
		assertThat(gateway.bean(GrantRevocation.class).revoke(grantId, RevokedBy.CLIENT).block(SOON)).isTrue();
		assertInactive(introspect(this.tokens.accessToken()));
		assertInactive(introspect(this.tokens.refreshToken()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a.b.c.d.e", "....", "eyJhbGciOiJub25lIn0.e30.", "user:grant:secret", "%00" })
	void whatIsNoTokenIsInactive(String token) {
		assertInactive(introspect(token));
	}

	@Test
	void aTamperedOrForeignTokenIsInactive() {
		Tokens foreign = TestClient.register(closed.url()).signIn();
		for (String good : new String[] { this.tokens.refreshToken(), this.tokens.accessToken() }) {
			assertInactive(introspect(good.substring(0, good.length() - 4) + "AAAA"));
			assertInactive(introspect(good + "A".repeat(40_000)));
		}
		assertInactive(introspect(foreign.accessToken()));
		assertInactive(introspect(foreign.refreshToken()));
		assertInactive(introspect(this.client.clientId()));
	}

	@Test
	void theClientMayProveItselfInTheForm() {
		assertThat(post(gateway, Map.of("token", this.tokens.accessToken(), "client_id", ID, "client_secret", SECRET))
			.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "resource-server, wrong", "somebody, 'a secret: with % and +'", "resource-server, ''",
			"'', 'a secret: with % and +'" })
	void whoeverElseAsksIsRefused(String id, String secret) {
		assertRefused(post(gateway, token(), "Authorization", basic(id, secret)));
		assertRefused(
				post(gateway, Map.of("token", this.tokens.accessToken(), "client_id", id, "client_secret", secret)));
	}

	@Test
	void aClientOfOursHasNoAuthorityToAsk() {
		assertRefused(post(gateway, Map.of("token", this.tokens.accessToken(), "client_id", this.client.clientId())));
		assertRefused(post(gateway, token()));
		assertRefused(post(gateway, token(), "Authorization", "Bearer " + this.tokens.accessToken()));
		assertRefused(post(gateway, token(), "Authorization", "Basic !!!"));
		assertRefused(post(gateway, token(), "Authorization", basic("\u0000", SECRET)));
	}

	@Test
	void whereNobodyIsNamedNobodyMayAsk() {
		assertRefused(post(closed, token()));
		assertRefused(post(closed, token(), "Authorization", basic(ID, SECRET)));
		assertRefused(post(closed, Map.of("token", "x", "client_id", "", "client_secret", "")));
	}

	@Test
	void itIsAdvertisedOnlyWhereItIsServed() {
		JsonNode open = metadata(gateway);
		assertThat(open.get("introspection_endpoint").asString()).isEqualTo(gateway.url("/introspect").toString());
		assertThat(open.get("introspection_endpoint_auth_methods_supported").toString())
			.isEqualTo("[\"client_secret_basic\",\"client_secret_post\"]");
		assertThat(metadata(closed).propertyNames()).doesNotContain("introspection_endpoint",
				"introspection_endpoint_auth_methods_supported");
	}

	@Test
	void aMissingOrRepeatedTokenIsRefused() {
		assertError(post(gateway, Map.of("x", "y"), "Authorization", basic(ID, SECRET)), 400, "invalid_request");
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(gateway.url("/introspect"))
			.header("Authorization", basic(ID, SECRET))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("token=x&token=y")));
		assertError(answer, 400, "invalid_request");
	}

	@Test
	void aPageMayNotCallIt() {
		HttpResponse<String> answer = post(gateway, token(), "Authorization", basic(ID, SECRET), "Origin",
				"https://app.example.com");
		assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void withoutTheStoreNobodyKnows() {
		store.fail(FailingStore.Failure.SIGNALS);
		for (String token : new String[] { this.tokens.accessToken(), this.tokens.refreshToken() }) {
			HttpResponse<String> answer = introspect(token);
			assertError(answer, 503, "temporarily_unavailable");
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		}
	}

	private Map<String, String> token() {
		return Map.of("token", this.tokens.accessToken());
	}

	private static boolean isActive(String token) {
		return TestClient.json(introspect(token)).get("active").asBoolean();
	}

	private static void assertInactive(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"active\":false}");
	}

	private static void assertRefused(HttpResponse<String> answer) {
		assertError(answer, 401, "invalid_client");
		assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"OAuth\"");
	}

	private static HttpResponse<String> introspect(String token) {
		return post(gateway, Map.of("token", token), "Authorization", basic(ID, SECRET));
	}

	private static HttpResponse<String> post(TestGateway gateway, Map<String, String> form, String... headers) {
		return new Browser().post(gateway.url("/introspect"), new LinkedHashMap<>(form), headers);
	}

	private static JsonNode metadata(TestGateway gateway) {
		return TestClient.json(new Browser().get(gateway.url("/.well-known/oauth-authorization-server")));
	}

	/** Both halves are written as in a form (RFC 6749, section 2.3.1). */
	private static String basic(String id, String secret) {
		String pair = Browser.form(Map.of(id, secret)).replace('=', ':');
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

}
