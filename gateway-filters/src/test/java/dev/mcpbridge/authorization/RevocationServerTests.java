package dev.mcpbridge.authorization;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static dev.mcpbridge.authorization.FrontDesk.ABSENT;
import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static dev.mcpbridge.authorization.FrontDesk.register;
import static dev.mcpbridge.authorization.FrontDesk.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any token of a grant ends the grant, for its client and for nobody else.
 */
class RevocationServerTests {

	static final FailingStore store = new FailingStore(new MemoryStore(InstantSource.system(), 10_000));

	static final HeardTokens heard = new HeardTokens();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.bean(BridgeStore.class, store)
		.bean(HeardTokens.class, heard)
		.start();

	static final TestGateway otherGateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.withKeysOfItsOwn()
		.start();

	final TestClient client = TestClient.register(gateway.url());

	final Tokens tokens = this.client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		otherGateway.close();
		atlassian.close();
	}

	@BeforeEach
	void listen() {
		heard.take();
	}

	@AfterEach
	void heal() {
		store.fail(FailingStore.Failure.NONE);
	}

	@ParameterizedTest
	@CsvSource({ "refresh,", "refresh,refresh_token", "refresh,access_token", "refresh,nonsense", "access,",
			"access,access_token", "access,refresh_token" })
	void eitherTokenEndsTheGrantWhateverTheHint(String kind, String hint) {
		int before = atlassian.revocations();
		String token = kind.equals("refresh") ? this.tokens.refreshToken() : this.tokens.accessToken();
		assertRevoked(revoke(with(form(token), "token_type_hint", (hint != null) ? hint : ABSENT)));
		assertEnded();
		assertThat(heard.take()).contains("revoked CLIENT");
		assertThat(atlassian.revocations()).as("at the upstream too").isEqualTo(before + 1);
	}

	@Test
	void aTokenThatWasReplacedEndsTheGrantToo() {
		Tokens next = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		atlassian.clock().advance(Duration.ofHours(3));
		assertRevoked(revoke(form(this.tokens.refreshToken())));
		assertError(this.client.refresh(next.refreshToken()), 400, "invalid_grant");
	}

	@Test
	void aBridgeTokenThatIsOverEndsTheGrantToo() {
		atlassian.clock().advance(Duration.ofHours(3));
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
		assertRevoked(revoke(form(this.tokens.accessToken())));
		assertEnded();
	}

	@Test
	void whatIsRevokedTwiceIsRevoked() {
		assertRevoked(revoke(form(this.tokens.refreshToken())));
		assertRevoked(revoke(form(this.tokens.refreshToken())));
		assertThat(heard.take()).containsOnlyOnce("revoked CLIENT");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a.b.c.d.e", "....", "eyJhbGciOiJub25lIn0.e30.", "user:grant:secret", "%00", " " })
	void whatIsNoTokenIsWorthNothingAlready(String token) {
		assertRevoked(revoke(form(token)));
	}

	@Test
	void aTamperedTruncatedOversizedOrForeignTokenEndsNothing() {
		Tokens foreign = TestClient.register(otherGateway.url()).signIn();
		for (String good : new String[] { this.tokens.refreshToken(), this.tokens.accessToken() }) {
			assertRevoked(revoke(form(good.substring(0, good.length() - 4) + "AAAA")));
			assertRevoked(revoke(form(good.substring(0, good.length() / 2))));
			assertRevoked(revoke(form(good + "A".repeat(40_000))));
		}
		assertRevoked(revoke(form(foreign.refreshToken())));
		assertRevoked(revoke(form(foreign.accessToken())));
		assertRevoked(revoke(form(this.client.clientId())));
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(heard.take()).doesNotContain("revoked CLIENT");
	}

	@Test
	void somebodyElsesTokenIsRefusedAndLivesOn() {
		TestClient thief = TestClient.register(gateway.url());
		for (String token : new String[] { this.tokens.refreshToken(), this.tokens.accessToken() }) {
			HttpResponse<String> answer = revoke(with(form(token), "client_id", thief.clientId()));
			assertError(answer, 400, "invalid_grant");
			assertThat(answer.body()).contains("issued to another client");
		}
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void anUnknownClientIsTold401() {
		for (String clientId : new String[] { "nobody", ABSENT }) {
			HttpResponse<String> answer = revoke(with(form(this.tokens.refreshToken()), "client_id", clientId));
			assertError(answer, 401, "invalid_client");
			assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"OAuth\"");
		}
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "client_secret_basic", "client_secret_post" })
	void aConfidentialClientHasToProveItself(String method) {
		JsonNode registered = TestClient.json(register(gateway, """
				{"redirect_uris": ["%s"], "token_endpoint_auth_method": "%s"}
				""".formatted(TestClient.REDIRECT_URI, method)));
		String id = registered.get("client_id").asString();
		String secret = registered.get("client_secret").asString();
		Map<String, String> form = with(form("x"), "client_id", id);
		assertError(revoke(form), 401, "invalid_client");
		assertError(revoke(with(form, "client_secret", "wrong")), 401, "invalid_client");
		assertRevoked(revoke(with(form, "client_secret", secret)));
		assertError(revoke(Map.of("token", "x"), "Authorization", basic(id, "wrong")), 401, "invalid_client");
		assertRevoked(revoke(Map.of("token", "x"), "Authorization", basic(id, secret)));
	}

	@Test
	void aClientThatProvesItselfInTwoWaysIsRefused() {
		JsonNode registered = TestClient.json(register(gateway, """
				{"redirect_uris": ["%s"]}
				""".formatted(TestClient.REDIRECT_URI)));
		String id = registered.get("client_id").asString();
		String secret = registered.get("client_secret").asString();
		String basic = basic(id, secret);
		Map<String, String> both = with(form("x"), "client_id", id, "client_secret", secret);
		assertError(revoke(both, "Authorization", basic), 400, "invalid_request");
		assertError(revoke(form("x"), "Authorization", basic), 400, "invalid_request");
		assertRevoked(revoke(with(form("x"), "client_id", id), "Authorization", basic));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic", "Basic !!!", "Basic eA==", "Basic Og==" })
	void aStrangeAuthorizationHeaderIsNoServerError(String authorization) {
		assertError(revoke(Map.of("token", "x"), "Authorization", authorization), 401, "invalid_client");
	}

	@Test
	void withoutATokenThereIsNothingToRevoke() {
		assertError(revoke(with(form("x"), "token", ABSENT)), 400, "invalid_request");
		assertError(revoke(with(form("x"), "token", "")), 400, "invalid_request");
	}

	@Test
	void aFormThatIsNoneOrRepeatsItselfIsRefused() {
		assertError(raw("application/json", "{\"token\": \"x\"}"), 400, "invalid_request");
		assertError(raw("application/x-www-form-urlencoded",
				Browser.form(form(this.tokens.refreshToken())) + "&token=another"), 400, "invalid_request");
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void withoutTheStoreTheClientIsToldToComeBack() {
		store.fail(FailingStore.Failure.SIGNALS);
		HttpResponse<String> answer = revoke(form(this.tokens.refreshToken()));
		assertError(answer, 503, "temporarily_unavailable");
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		store.fail(FailingStore.Failure.NONE);
		assertRevoked(revoke(form(this.tokens.refreshToken())));
		assertEnded();
	}

	@Test
	void aPageMayCallIt() {
		HttpResponse<String> answer = this.client.browser()
			.post(gateway.url("/revoke"), form("x"), "Origin", "https://app.example.com");
		assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
	}

	private void assertEnded() {
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
		assertError(this.client.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
	}

	private static void assertRevoked(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
	}

	private Map<String, String> form(String token) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("client_id", this.client.clientId());
		form.put("token", token);
		return form;
	}

	private HttpResponse<String> revoke(Map<String, String> form, String... headers) {
		return this.client.browser().post(gateway.url("/revoke"), form, headers);
	}

	private HttpResponse<String> raw(String type, String body) {
		return this.client.browser()
			.send(HttpRequest.newBuilder(gateway.url("/revoke"))
				.header("Content-Type", type)
				.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private static String basic(String clientId, String secret) {
		return "Basic "
				+ Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
	}

}
