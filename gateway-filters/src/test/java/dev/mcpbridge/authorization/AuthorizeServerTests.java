package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.authorization.FrontDesk.ABSENT;
import static dev.mcpbridge.authorization.FrontDesk.assertClientHears;
import static dev.mcpbridge.authorization.FrontDesk.assertErrorPage;
import static dev.mcpbridge.authorization.FrontDesk.registered;
import static dev.mcpbridge.authorization.FrontDesk.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authorization requests a client gets wrong: before its redirect URI is proven the
 * person sees the error, afterwards the client hears of it.
 */
class AuthorizeServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	static final TestGateway otherGateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.withKeysOfItsOwn()
		.start();

	final TestClient client = TestClient.register(gateway.url());

	@AfterAll
	static void stop() {
		gateway.close();
		otherGateway.close();
		atlassian.close();
	}

	@Test
	void anUnknownClientIsAnErrorPage() {
		assertErrorPage(authorize("client_id", "nobody"), 400, "invalid_client");
		assertErrorPage(authorize("client_id", ""), 400, "invalid_client");
		assertErrorPage(authorize("client_id", ABSENT), 400, "invalid_client");
		assertErrorPage(authorize("client_id", "a.b.c.d.e"), 400, "invalid_client");
	}

	@Test
	void aClientOfAnotherGatewayIsAnErrorPage() {
		assertErrorPage(authorize("client_id", TestClient.register(otherGateway.url()).clientId()), 400,
				"invalid_client");
	}

	@Test
	void aTamperedClientIdIsAnErrorPage() {
		String id = this.client.clientId();
		char[] changed = id.toCharArray();
		int middle = id.lastIndexOf('.') - 10;
		changed[middle] = (changed[middle] == 'A') ? 'B' : 'A';
		assertErrorPage(authorize("client_id", new String(changed)), 400, "invalid_client");
		assertErrorPage(authorize("client_id", id.substring(0, id.length() - 4)), 400, "invalid_client");
	}

	@Test
	void whatWasSealedForAnotherPurposeIsNoClient() {
		String ticket = TestClient.ticketOf(this.client.authorize(this.client.request()));
		assertErrorPage(authorize("client_id", ticket), 400, "invalid_client");
		String refreshToken = this.client.signIn().refreshToken();
		assertErrorPage(authorize("client_id", refreshToken), 400, "invalid_client");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/callback", "http://127.0.0.1:33418/other",
			"http://127.0.0.1:33418/callback/", "http://127.0.0.1:33418/callback?a=b",
			"http://127.0.0.1:33418/callback#fragment", "http://localhost:33418/callback",
			"https://127.0.0.1:33418/callback", "http://127.0.0.1.evil.example/callback",
			"http://127.0.0.1:33418@evil.example/callback", "http://evil.example/callback", "javascript:alert(1)",
			"//127.0.0.1:33418/callback", "/callback", "http://127.0.0.1:33418/x/../callback", "" })
	void aRedirectUriThatIsNotRegisteredIsAnErrorPage(String redirectUri) {
		HttpResponse<String> answer = authorize("redirect_uri", redirectUri);
		assertErrorPage(answer, 400, "invalid_request");
		assertThat(answer.body()).doesNotContain("evil", "javascript:");
	}

	@Test
	void thePortOfALoopbackAddressIsFree() {
		HttpResponse<String> page = authorize("redirect_uri", "http://127.0.0.1:50001/callback");
		HttpResponse<String> answer = this.client.decide(page, "deny");
		assertThat(Browser.location(answer).toString()).startsWith("http://127.0.0.1:50001/callback?");
	}

	@Test
	void thePortOfAnyOtherAddressIsNot() {
		String id = registered(gateway, "https://app.example.com/cb");
		assertErrorPage(authorize("client_id", id, "redirect_uri", "https://app.example.com:8443/cb"), 400,
				"invalid_request");
	}

	@Test
	void theOnlyRedirectUriNeedNotBeNamed() {
		HttpResponse<String> page = authorize("redirect_uri", ABSENT);
		assertThat(page.statusCode()).isEqualTo(200);
		String two = registered(gateway, "https://app.example.com/a", "https://app.example.com/b");
		assertErrorPage(authorize("client_id", two, "redirect_uri", ABSENT), 400, "invalid_request");
	}

	@Test
	void theQueryOfARedirectUriSurvives() {
		String redirectUri = "https://app.example.com/cb?tenant=a%20b&x=1";
		HttpResponse<String> page = authorize("client_id", registered(gateway, redirectUri), "redirect_uri",
				redirectUri);
		URI location = Browser.location(this.client.decide(page, "deny"));
		assertThat(location.getAuthority()).isEqualTo("app.example.com");
		assertThat(TestClient.parameters(location)).containsEntry("tenant", List.of("a b"))
			.containsEntry("x", List.of("1"))
			.containsEntry("error", List.of("access_denied"));
	}

	@Test
	void repeatedClientOrRedirectUriIsAnErrorPage() {
		String query = "/authorize?" + Browser.form(this.client.request());
		assertErrorPage(this.client.browser().get(gateway.url(query + "&redirect_uri=https://evil.example/")), 400,
				"invalid_request");
		assertErrorPage(this.client.browser().get(gateway.url(query + "&client_id=x")), 400, "invalid_request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "state=two", "code_challenge=two", "scope=two", "response_type=code" })
	void anyOtherRepeatedParameterIsTheClientsError(String again) {
		String query = "/authorize?" + Browser.form(this.client.request()) + "&scope=one&" + again;
		assertClientHears(this.client.browser().get(gateway.url(query)), gateway, "invalid_request");
	}

	@Test
	void pkceIsRequired() {
		assertClientHears(authorize("code_challenge", ABSENT), gateway, "invalid_request");
		assertClientHears(authorize("code_challenge", ABSENT, "code_challenge_method", ABSENT), gateway,
				"invalid_request");
		assertClientHears(authorize("code_challenge", ""), gateway, "invalid_request");
	}

	@Test
	void plainPkceIsRefused() {
		assertClientHears(authorize("code_challenge_method", "plain"), gateway, "invalid_request");
		assertClientHears(authorize("code_challenge_method", ABSENT), gateway, "invalid_request");
		assertClientHears(authorize("code_challenge_method", "S512"), gateway, "invalid_request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "short", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM",
			"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c!" })
	void aChallengeThatIsNoSha256IsRefused(String challenge) {
		assertClientHears(authorize("code_challenge", challenge), gateway, "invalid_request");
	}

	@ParameterizedTest
	@CsvSource({ "token,unsupported_response_type", "code token,unsupported_response_type",
			"code id_token,unsupported_response_type", "none,unsupported_response_type",
			"nonsense,unsupported_response_type" })
	void onlyCodesAreGiven(String responseType, String error) {
		assertClientHears(authorize("response_type", responseType), gateway, error);
	}

	@Test
	void aMissingResponseTypeIsInvalid() {
		assertClientHears(authorize("response_type", ABSENT), gateway, "invalid_request");
	}

	@ParameterizedTest
	@CsvSource({ "response_mode,fragment,invalid_request", "response_mode,form_post,invalid_request",
			"request,eyJhbGciOiJub25lIn0.e30.,request_not_supported", "request,nonsense,invalid_request",
			"request_uri,https://evil.example/r,request_uri_not_supported", "request_uri,'{\"a\"}',invalid_request" })
	void whatWeDoNotOfferIsRefused(String name, String value, String error) {
		assertClientHears(authorize(name, value), gateway, error);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://mcp.example.com/mcp", "nonsense", "/mcp", "urn:x", "http://localhost:1/mcp" })
	void aResourceThatIsNotOursIsRefused(String resource) {
		assertClientHears(authorize("resource", resource), gateway, "invalid_target");
	}

	@Test
	void aResourceWithAFragmentOrBesideAnotherIsRefused() {
		assertClientHears(authorize("resource", gateway.url("/mcp") + "#x"), gateway, "invalid_target");
		assertClientHears(authorize("resource", gateway.url("/mcp") + "?a=b"), gateway, "invalid_target");
		String two = "/authorize?" + Browser.form(this.client.request()) + "&resource=" + gateway.url("/sse");
		assertClientHears(this.client.browser().get(gateway.url(two)), gateway, "invalid_target");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/mcp", "/mcp/", "/sse", "/v1/mcp", "/v1/sse" })
	void everyAddressOfOursIsAResource(String path) {
		assertThat(authorize("resource", gateway.url() + path).statusCode()).isEqualTo(200);
	}

	@Test
	void noResourceIsFine() {
		assertThat(authorize("resource", ABSENT).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "prompt=nonsense", "prompt=none login", "max_age=-1", "display=x", "nonce=%00",
			"dpop_jkt=!!", "authorization_details=nonsense", "ui_locales=??", "scope=%22", "id_token_hint=x",
			"purpose=x", "trust_chain=x", "client_assertion=x", "scope=", "=", "&&&", "%20=x" })
	void parametersNobodyAskedForNeverEndInAServerError(String parameter) {
		String query = "/authorize?" + Browser.form(this.client.request()) + "&" + parameter.replace(" ", "%20");
		HttpResponse<String> answer = this.client.browser().get(gateway.url(query));
		assertThat(answer.statusCode()).as(answer.body()).isIn(200, 303, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nSet-Cookie: x=y", "a\u0000b", "<script>alert(1)</script>", "ünï ¢ö∂é \uD83D\uDE00",
			"&iss=https://evil.example&code=x", "#fragment" })
	void aStateComesBackAsItWas(String state) {
		URI location = Browser.location(authorize("state", state, "code_challenge", ABSENT));
		Map<String, List<String>> parameters = TestClient.parameters(location);
		assertThat(parameters).containsEntry("state", List.of(state))
			.containsEntry("iss", List.of(gateway.url().toString()))
			.doesNotContainKey("code");
		assertThat(location.getRawFragment()).isNull();
	}

	@Test
	void aStateOfNothingButSpacesIsNoState() {
		URI location = Browser.location(authorize("state", "  ", "code_challenge", ABSENT));
		assertThat(TestClient.parameters(location)).doesNotContainKey("state");
		URI answer = this.client.approve(Browser.location(this.client.decide(authorize("state", "  "), "allow")));
		assertThat(TestClient.parameters(answer)).containsKey("code").doesNotContainKey("state");
	}

	@Test
	void noStateIsFine() {
		URI location = Browser.location(authorize("state", ABSENT, "code_challenge", ABSENT));
		assertThat(TestClient.parameters(location)).doesNotContainKey("state");
		assertThat(authorize("state", "").statusCode()).isEqualTo(200);
	}

	@Test
	void aStateTooLongToCarryIsTheClientsErrorAndCostsTheUpstreamNothing() {
		int registrations = atlassian.registrations();
		HttpResponse<String> page = authorize("state", "x".repeat(9000));
		HttpResponse<String> answer = (page.statusCode() == 200) ? this.client.decide(page, "allow") : page;
		URI location = Browser.location(answer);
		assertThat(TestClient.parameters(location)).containsEntry("error", List.of("invalid_request"))
			.containsEntry("state", List.of("x".repeat(9000)));
		assertThat(atlassian.registrations()).isEqualTo(registrations);
	}

	@Test
	void anErrorRedirectIsNotCached() {
		HttpResponse<String> answer = authorize("code_challenge", ABSENT);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
	}

	@Test
	void anInvalidEscapeIsTheBrowsersError() {
		assertThat(rawStatus("/authorize?client_id=%zz")).isEqualTo(400);
		assertThat(rawStatus("/authorize?client_id=%c3%28")).isEqualTo(400);
	}

	@Test
	void theUpstreamHearsOfNothingBeforeThePersonAllows() {
		int before = atlassian.requests(Endpoint.REGISTER).size();
		authorize();
		this.client.decide(authorize(), "deny");
		assertThat(atlassian.requests(Endpoint.REGISTER)).hasSize(before);
	}

	private int rawStatus(String path) {
		return RawHttp.status(RawHttp.send(gateway.url(),
				"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path)));
	}

	private HttpResponse<String> authorize(String... changes) {
		return this.client.authorize(with(this.client.request(), changes));
	}

}
