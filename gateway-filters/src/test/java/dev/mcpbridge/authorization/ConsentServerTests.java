package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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

import static dev.mcpbridge.authorization.FrontDesk.assertClientHears;
import static dev.mcpbridge.authorization.FrontDesk.assertErrorPage;
import static dev.mcpbridge.authorization.FrontDesk.registered;
import static dev.mcpbridge.authorization.FrontDesk.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that asks a person, and the answers that count.
 */
class ConsentServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	final Browser browser = new Browser();

	final TestClient client = TestClient.register(gateway.url(), this.browser);

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void thePageSaysWhoAsksForWhatAndWhereTheAnswerGoes() {
		String page = page().body();
		assertThat(page).contains("<dd id=\"client-name\">Test client</dd>", "this computer (127.0.0.1)",
				"id=\"loopback-warning\"", "See your Jira projects, issues and comments",
				"Create and change Jira issues and comments as you", "Stay connected while you are away");
	}

	@Test
	void aRemoteClientIsShownByItsHostWithoutTheWarning() {
		String id = registered(gateway, "https://app.example.com/long/path?x=y");
		String page = authorize("client_id", id, "redirect_uri", "https://app.example.com/long/path?x=y").body();
		assertThat(page).contains("<dd id=\"redirect-host\">app.example.com</dd>", "An application without a name")
			.doesNotContain("loopback-warning", "long/path");
	}

	@Test
	void anAppIsShownByItsScheme() {
		String id = registered(gateway, "cursor://anysphere.cursor-retrieval/oauth/callback");
		String page = authorize("client_id", id, "redirect_uri", "cursor://anysphere.cursor-retrieval/oauth/callback")
			.body();
		assertThat(page).contains("<dd id=\"redirect-host\">cursor://anysphere.cursor-retrieval</dd>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "\\\"><img src=x onerror=alert(1)>", "{{{style}}}",
			"</title><script>x</script>", "' onmouseover='x", "&lt;script&gt;" })
	void aNameIsTextAndNothingElse(String name) {
		HttpResponse<String> answer = FrontDesk.register(gateway, """
				{"client_name": "%s", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none"}
				""".formatted(name, TestClient.REDIRECT_URI));
		String page = authorize("client_id", TestClient.json(answer).get("client_id").asString()).body();
		assertThat(page).doesNotContain("<script", "<img", "' onmouseover", "\"><img");
		assertThat(page).containsOnlyOnce("<style>").containsOnlyOnce("</title>");
	}

	@Test
	void scopesAreTextToo() {
		TestGateway anyScope = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.upstream.profile", "custom")
			.property("mcp.bridge.upstream.mcp-path", "/v1/mcp")
			.property("mcp.bridge.upstream.issuer-validation", "off")
			.start();
		try (anyScope) {
			TestClient client = TestClient.register(anyScope.url());
			String page = client.authorize(with(client.request(), "scope", "<script>x</script> read:me")).body();
			assertThat(page).doesNotContain("<script").contains("See your name and e-mail address");
		}
	}

	@Test
	void thePageRunsNoScriptIsNeverFramedAndNeverCached() {
		HttpResponse<String> page = page();
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).doesNotContain("<script", "javascript:").doesNotContainPattern(" on\\w+=");
		assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'",
				"base-uri 'none'");
		assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
		assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
		assertThat(header(page, "Referrer-Policy")).isEqualTo("same-origin");
		assertThat(header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
	}

	@Test
	void anErrorPageIsAsGuarded() {
		HttpResponse<String> page = authorize("client_id", "x");
		assertThat(header(page, "Content-Security-Policy")).contains("frame-ancestors 'none'");
		assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
	}

	@Test
	void denyIsHeardByTheClient() {
		assertClientHears(this.client.decide(page(), "deny"), gateway, "access_denied");
	}

	@Test
	void whatIsNotAllowIsDeny() {
		assertClientHears(this.client.decide(page(), "ALLOW"), gateway, "access_denied");
		assertClientHears(this.client.decide(page(), ""), gateway, "access_denied");
	}

	@ParameterizedTest
	@CsvSource({ "Origin,https://evil.example", "Origin,null", "Origin,http://localhost:1", "Sec-Fetch-Site,cross-site",
			"Sec-Fetch-Site,same-site", "Sec-Fetch-Site,none" })
	void anAnswerFromAnotherSiteDoesNotCount(String name, String value) {
		assertErrorPage(post(page(), name, value), 400, "invalid_state");
	}

	@Test
	void anAnswerFromOurPageCounts() {
		HttpResponse<String> answer = post(page(), "Origin", gateway.url().toString(), "Sec-Fetch-Site", "same-origin");
		assertThat(Browser.location(answer).toString()).startsWith(atlassian.url().toString());
	}

	@Test
	void theQuestionIsBoundToTheBrowserThatWasAsked() {
		HttpResponse<String> page = page();
		Map<String, String> form = Map.of("ticket", TestClient.ticketOf(page), "decision", "allow");
		assertErrorPage(new Browser().post(gateway.url("/authorize"), form), 400, "invalid_state");
		TestClient other = TestClient.register(gateway.url());
		other.authorize(other.request());
		assertErrorPage(other.browser().post(gateway.url("/authorize"), form), 400, "invalid_state");
		assertThat(this.browser.post(gateway.url("/authorize"), form).statusCode()).isEqualTo(303);
	}

	@Test
	void aQuestionIsVoidAfterAWhile() {
		HttpResponse<String> page = page();
		atlassian.clock().advance(Duration.ofMinutes(11));
		assertErrorPage(this.client.decide(page, "allow"), 400, "invalid_state");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "ticket=", "ticket=x&decision=allow", "decision=allow", "ticket=a.b.c.d.e&decision=deny" })
	void anAnswerToNoQuestionDoesNotCount(String form) {
		page();
		HttpResponse<String> answer = this.browser.send(HttpRequest.newBuilder(gateway.url("/authorize"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
		assertErrorPage(answer, 400, "invalid_state");
	}

	@Test
	void whatWasSealedForAnotherPurposeIsNoQuestion() {
		page();
		Map<String, String> form = Map.of("ticket", this.client.clientId(), "decision", "allow");
		assertErrorPage(this.browser.post(gateway.url("/authorize"), form), 400, "invalid_state");
	}

	@Test
	void anAnswerThatIsNoFormIsAnErrorPage() {
		HttpResponse<String> answer = this.browser.send(HttpRequest.newBuilder(gateway.url("/authorize"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{}")));
		assertErrorPage(answer, 400, "invalid_request");
		assertErrorPage(this.browser.send(HttpRequest.newBuilder(gateway.url("/authorize"))
			.header("Content-Type", "nonsense")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))), 400, "invalid_request");
	}

	@Test
	void aRememberedAnswerIsNotAskedForAgain() {
		this.client.decide(page(), "allow", "remember", "true");
		HttpResponse<String> again = authorize("state", "another state");
		assertThat(Browser.location(again).toString()).startsWith(atlassian.url().toString());
	}

	@Test
	void withoutTheTickEveryLoginIsAsked() {
		this.client.decide(page(), "allow");
		assertThat(page().statusCode()).isEqualTo(200);
	}

	@Test
	void aDenialIsNeverRemembered() {
		this.client.decide(page(), "deny", "remember", "true");
		assertThat(page().statusCode()).isEqualTo(200);
	}

	@Test
	void anAnswerIsRememberedForThisClientInThisBrowserOnly() {
		this.client.decide(page(), "allow", "remember", "true");
		TestClient sameBrowser = TestClient.register(gateway.url(), this.browser);
		assertThat(sameBrowser.authorize(sameBrowser.request()).statusCode()).isEqualTo(200);
		assertThat(new Browser().get(gateway.url("/authorize?" + Browser.form(this.client.request()))).statusCode())
			.isEqualTo(200);
		assertThat(authorize().statusCode()).isEqualTo(303);
	}

	@Test
	void anAnswerIsRememberedForItsScopesAndResourceOnly() {
		this.client.decide(authorize("scope", "read:jira-work"), "allow", "remember", "true");
		assertThat(authorize("scope", "read:jira-work").statusCode()).isEqualTo(303);
		assertThat(authorize("scope", "read:jira-work write:jira-work").statusCode()).isEqualTo(200);
		assertThat(authorize("scope", "read:jira-work", "resource", gateway.url("/sse").toString()).statusCode())
			.isEqualTo(200);
	}

	@Test
	void severalAnswersAreRemembered() {
		TestClient second = TestClient.register(gateway.url(), this.browser);
		this.client.decide(page(), "allow", "remember", "true");
		second.decide(second.authorize(second.request()), "allow", "remember", "true");
		assertThat(authorize().statusCode()).isEqualTo(303);
		assertThat(second.authorize(second.request()).statusCode()).isEqualTo(303);
	}

	@Test
	void aRememberedAnswerIsForgottenInTheEnd() {
		this.client.decide(page(), "allow", "remember", "true");
		atlassian.clock().advance(Duration.ofDays(31));
		assertThat(page().statusCode()).isEqualTo(200);
	}

	@Test
	void aForgedMemoryIsNone() {
		HttpResponse<String> page = this.browser
			.send(HttpRequest.newBuilder(gateway.url("/authorize?" + Browser.form(this.client.request())))
				.header("Cookie", "mcp-bridge-consents=" + this.client.clientId())
				.GET());
		assertThat(page.statusCode()).isEqualTo(200);
	}

	@Test
	void alwaysMeansAlways() {
		TestGateway strict = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.authorization-server.consent", "always")
			.start();
		try (strict) {
			TestClient client = TestClient.register(strict.url());
			HttpResponse<String> page = client.authorize(client.request());
			assertThat(page.body()).doesNotContain("name=\"remember\"");
			assertThat(client.decide(page, "allow", "remember", "true").statusCode()).isEqualTo(303);
			assertThat(client.authorize(client.request()).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void neverMeansThatTheUpstreamAsks() {
		TestGateway trusting = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.authorization-server.consent", "never")
			.start();
		try (trusting) {
			TestClient client = TestClient.register(trusting.url());
			URI upstreamPage = Browser.location(client.authorize(client.request()));
			assertThat(TestClient.tokens(client.redeem(TestClient.codeOf(client.approve(upstreamPage)))).accessToken())
				.isNotBlank();
		}
	}

	private HttpResponse<String> page() {
		return authorize();
	}

	private HttpResponse<String> authorize(String... changes) {
		return this.client.authorize(with(this.client.request(), changes));
	}

	private HttpResponse<String> post(HttpResponse<String> page, String... headers) {
		return this.browser.post(gateway.url("/authorize"),
				Map.of("ticket", TestClient.ticketOf(page), "decision", "allow"), headers);
	}

	private static String header(HttpResponse<String> answer, String name) {
		return answer.headers().firstValue(name).orElse("");
	}

}
