package dev.mcpbridge.authorization;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static dev.mcpbridge.authorization.FrontDesk.ABSENT;
import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static dev.mcpbridge.authorization.FrontDesk.codeFor;
import static dev.mcpbridge.authorization.FrontDesk.redemption;
import static dev.mcpbridge.authorization.FrontDesk.register;
import static dev.mcpbridge.authorization.FrontDesk.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may ask the token endpoint, and how.
 */
class TokenEndpointServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	static final TestGateway otherGateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.withKeysOfItsOwn()
		.start();

	final TestClient client = TestClient.register(gateway.url());

	final Browser program = new Browser();

	@AfterAll
	static void stop() {
		gateway.close();
		otherGateway.close();
		atlassian.close();
	}

	@Test
	void bothPathsServe() {
		HttpResponse<String> answer = this.program.post(gateway.url("/token"),
				redemption(this.client, codeFor(this.client)));
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@Test
	void anUnknownForeignOrTamperedClientIsTold401() {
		String own = this.client.clientId();
		String tampered = own.substring(0, own.length() - 4) + "AAAA";
		String foreign = TestClient.register(otherGateway.url()).clientId();
		for (String clientId : new String[] { "nobody", tampered, foreign, "a.b.c.d.e" }) {
			HttpResponse<String> answer = token(with(redemption(this.client, "x"), "client_id", clientId));
			assertError(answer, 401, "invalid_client");
			assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"OAuth\"");
			assertThat(answer.body()).doesNotContain(clientId);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000", "a\r\nb", "{\"a\": 1}", "\u2603" })
	void aResourceThatNobodyCanRepeatIsRefused(String resource) {
		assertError(token(with(redemption(this.client, "x"), "resource", resource)), 400, "invalid_request");
	}

	@Test
	void anUnknownClientDoesNotBurnACode() {
		String code = codeFor(this.client);
		assertError(token(with(redemption(this.client, code), "client_id", "nobody")), 401, "invalid_client");
		assertThat(this.client.redeem(code).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "client_secret_basic", "client_secret_post" })
	void aConfidentialClientProvesItselfByItsSecret(String method) {
		JsonNode registered = confidential(method);
		String id = registered.get("client_id").asString();
		String secret = registered.get("client_secret").asString();
		assertThat(token(withSecret(id, secret, codeOf(id))).statusCode()).isEqualTo(200);
		Map<String, String> form = with(redemption(this.client, codeOf(id)), "client_id", ABSENT);
		assertThat(token(form, "Authorization", basic(id, secret)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "client_secret_basic", "client_secret_post" })
	void aWrongSecretIsRefusedAndBurnsNothing(String method) {
		JsonNode registered = confidential(method);
		String id = registered.get("client_id").asString();
		String code = codeOf(id);
		Map<String, String> bare = with(redemption(this.client, code), "client_id", ABSENT);
		assertError(token(withSecret(id, "wrong", code)), 401, "invalid_client");
		assertError(token(withSecret(id, "", code)), 401, "invalid_client");
		assertError(token(with(bare, "client_id", id)), 401, "invalid_client");
		assertError(token(bare, "Authorization", basic(id, "wrong")), 401, "invalid_client");
		assertError(token(bare, "Authorization", basic(id, confidential(method).get("client_secret").asString())), 401,
				"invalid_client");
		assertThat(token(withSecret(id, registered.get("client_secret").asString(), code)).statusCode()).isEqualTo(200);
	}

	@Test
	void aClientThatProvesItselfInTwoWaysIsRefused() {
		JsonNode registered = confidential("client_secret_basic");
		String id = registered.get("client_id").asString();
		String secret = registered.get("client_secret").asString();
		String code = codeOf(id);
		assertError(token(withSecret(id, secret, code), "Authorization", basic(id, secret)), 400, "invalid_request");
		assertError(token(redemption(this.client, code), "Authorization", basic(id, secret)), 400, "invalid_request");
		assertThat(token(withSecret(id, secret, code)).statusCode()).as("nothing was burned").isEqualTo(200);
	}

	@Test
	void aSignedAssertionDoesNotStandForTheSecret() {
		String id = confidential("client_secret_basic").get("client_id").asString();
		Map<String, String> form = with(redemption(this.client, "x"), "client_id", id, "client_assertion_type",
				"urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion",
				"eyJhbGciOiJub25lIn0.e30.");
		assertThat(token(form).statusCode()).isIn(400, 401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic", "Basic !!!", "Basic eA==", "Basic Og==", "basic Og==", "Bearer x", "Negotiate x",
			"Digest username=\"x\"", "," })
	void aStrangeAuthorizationHeaderIsNoServerError(String authorization) {
		Map<String, String> form = with(redemption(this.client, "x"), "client_id", ABSENT);
		HttpResponse<String> answer = token(form, "Authorization", authorization);
		assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401);
	}

	@Test
	void jsonIsRefused() {
		HttpResponse<String> answer = this.program.send(HttpRequest.newBuilder(gateway.url("/access-token"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"grant_type\": \"refresh_token\", \"refresh_token\": \"x\"}")));
		assertError(answer, 400, "invalid_request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "text/plain", "multipart/form-data; boundary=x" })
	void anyOtherContentTypeIsRefused(String contentType) {
		HttpResponse<String> answer = this.program.send(HttpRequest.newBuilder(gateway.url("/access-token"))
			.header("Content-Type", contentType)
			.POST(HttpRequest.BodyPublishers.ofString(Browser.form(redemption(this.client, "x")))));
		assertError(answer, 400, "invalid_request");
	}

	@Test
	void parametersInTheQueryCountForNothing() {
		String query = Browser.form(redemption(this.client, codeFor(this.client)));
		HttpResponse<String> answer = this.program.post(gateway.url("/access-token?" + query), Map.of("x", "y"));
		assertThat(answer.statusCode()).isIn(400, 401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "grant_type", "code", "client_id", "code_verifier", "redirect_uri" })
	void aRepeatedParameterIsRefused(String name) {
		Map<String, String> form = redemption(this.client, codeFor(this.client));
		String repeated = Browser.form(form) + "&"
				+ Browser.form(Map.of(name, name.equals("grant_type") ? "refresh_token" : "another"));
		assertError(raw(repeated), 400, "invalid_request");
	}

	@ParameterizedTest
	@CsvSource({ "password,unsupported_grant_type", "client_credentials,unsupported_grant_type",
			"urn:ietf:params:oauth:grant-type:device_code,unsupported_grant_type", "nonsense,unsupported_grant_type",
			"AUTHORIZATION_CODE,unsupported_grant_type", "implicit,unsupported_grant_type" })
	void anyOtherGrantTypeIsRefused(String grantType, String error) {
		Map<String, String> form = with(redemption(this.client, "x"), "grant_type", grantType, "username", "u",
				"password", "p", "device_code", "d");
		assertError(token(form), 400, error);
	}

	@ParameterizedTest
	@ValueSource(strings = { "grant_type", "code" })
	void aMissingParameterIsRefused(String name) {
		assertError(token(with(redemption(this.client, "x"), name, ABSENT)), 400, "invalid_request");
		assertError(token(with(redemption(this.client, "x"), name, "")), 400, "invalid_request");
	}

	@Test
	void aMissingRefreshTokenIsRefused() {
		assertError(token(Map.of("grant_type", "refresh_token", "client_id", this.client.clientId())), 400,
				"invalid_request");
	}

	@Test
	void aMissingClientIsRefused() {
		assertThat(token(with(redemption(this.client, "x"), "client_id", ABSENT)).statusCode()).isIn(400, 401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&&&", "=", "%", "%zz=%zz", "grant_type", "grant_type=%ff", "a=b;c=d", "\u0000",
			"grant_type=authorization_code&code=%00&client_id=%00" })
	void aFormThatIsNoneIsRefused(String form) {
		HttpResponse<String> answer = raw(form);
		assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401);
		assertThat(TestClient.json(answer).has("error")).isTrue();
	}

	@Test
	void aBodyOver64KibIsRefused() {
		assertError(raw("filler=" + "x".repeat(RequestBody.MAX_BYTES)), 400, "invalid_request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "code_verifier=<evil>alert(1)</evil>", "redirect_uri=<evil>", "scope=<evil>",
			"grant_type=<evil>", "resource=<evil>" })
	void anErrorRepeatsNothingThatWasSent(String parameter) {
		String[] pair = parameter.split("=", 2);
		HttpResponse<String> answer = token(with(redemption(this.client, "x"), pair[0], pair[1]));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).doesNotContain("evil");
	}

	@Test
	void aGetIsNotServed() {
		assertThat(this.program.get(gateway.url("/access-token")).statusCode()).isIn(404, 405);
	}

	private String codeOf(String clientId) {
		HttpResponse<String> page = this.client.authorize(with(this.client.request(), "client_id", clientId));
		return TestClient.codeOf(this.client.approve(Browser.location(this.client.decide(page, "allow"))));
	}

	private Map<String, String> withSecret(String clientId, String secret, String code) {
		Map<String, String> form = new LinkedHashMap<>(redemption(this.client, code));
		form.put("client_id", clientId);
		form.put("client_secret", secret);
		return form;
	}

	private HttpResponse<String> token(Map<String, String> form, String... headers) {
		return this.program.post(gateway.url("/access-token"), form, headers);
	}

	private HttpResponse<String> raw(String form) {
		return this.program.send(HttpRequest.newBuilder(gateway.url("/access-token"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	private static JsonNode confidential(String method) {
		return TestClient.json(register(gateway, """
				{"redirect_uris": ["%s"], "token_endpoint_auth_method": "%s"}
				""".formatted(TestClient.REDIRECT_URI, method)));
	}

	private static String basic(String clientId, String secret) {
		return "Basic "
				+ Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
	}

}
