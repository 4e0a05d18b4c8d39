package dev.mcpbridge.app;

import java.net.URI;
import java.util.List;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person signs in with a real browser, and web pages of others can do there what they
 * should and no more.
 */
@EnabledIf("dev.mcpbridge.app.Chromium#isExpected")
class BrowserServerTests {

	static final String OUR_PAGE = "Allow “Test client” to use your Atlassian account?";

	static final String UPSTREAM_PAGE = "Allow access to Atlassian?";

	static final String THE_END = "You can close this window";

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.of(GatewayApplication.class)
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.clock(atlassian.clock())
		.start();

	static final WebSite callback = WebSite.saying("<h1>" + THE_END + "</h1>");

	static final Chromium chromium = new Chromium();

	final InstalledApp app = InstalledApp.register(gateway.url(), callback);

	@AfterAll
	static void stop() {
		chromium.close();
		callback.close();
		gateway.close();
		atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aPersonSignsInWithAndWithoutJavaScript(boolean javaScript) {
		Page page = javaScript ? chromium.window() : chromium.windowWithoutJavaScript();
		page.navigate(this.app.authorizeUrl());
		assertThat(Pages.title(page)).hasText(OUR_PAGE);
		finish(page);
		URI answer = URI.create(page.url());
		assertThat(TestClient.parameters(answer)).containsEntry("state", List.of(TestClient.STATE))
			.containsEntry("iss", List.of(gateway.url().toString()));
		String token = this.app.redeem(answer).accessToken();
		assertThat(this.app.client().initialize(token).statusCode()).isEqualTo(200);
		assertThat(chromium.complaints(page)).isEmpty();
	}

	@Test
	void whoAsksToBeRememberedIsNotAskedAgain() {
		Page page = chromium.window();
		page.navigate(this.app.authorizeUrl());
		page.getByLabel("Do not ask again for this application in this browser").check();
		finish(page);
		page.navigate(this.app.authorizeUrl());
		assertThat(Pages.title(page)).hasText(UPSTREAM_PAGE);
	}

	@Test
	void aMemoryIsOneBrowsersAndOneApplications() {
		Page page = chromium.window();
		page.navigate(this.app.authorizeUrl());
		page.getByRole(AriaRole.CHECKBOX).check();
		finish(page);
		page.navigate(InstalledApp.register(gateway.url(), callback).authorizeUrl());
		assertThat(Pages.title(page)).hasText(OUR_PAGE);
		Page elsewhere = chromium.window();
		elsewhere.navigate(this.app.authorizeUrl());
		assertThat(Pages.title(elsewhere)).hasText(OUR_PAGE);
	}

	@Test
	void whoDoesNotAskToBeRememberedIsAskedEachTime() {
		Page page = chromium.window();
		page.navigate(this.app.authorizeUrl());
		finish(page);
		page.navigate(this.app.authorizeUrl());
		assertThat(Pages.title(page)).hasText(OUR_PAGE);
	}

	@Test
	void denyTellsTheClientAndLeavesTheUpstreamAlone() {
		int before = atlassian.registrations();
		Page page = chromium.window();
		page.navigate(this.app.authorizeUrl());
		Pages.button(page, "Deny").click();
		assertDenied(page);
		assertThat(atlassian.registrations()).isEqualTo(before);
	}

	@Test
	void denyAtTheUpstreamTellsTheClient() {
		Page page = chromium.window();
		page.navigate(this.app.authorizeUrl());
		Pages.button(page, "Allow").click();
		assertThat(Pages.title(page)).hasText(UPSTREAM_PAGE);
		Pages.button(page, "Deny").click();
		assertDenied(page);
	}

	@Test
	void aPageOfAnotherOriginReadsSessionsAndChallenges() {
		Page page = chromium.window();
		page.navigate(callback.url("/").toString());
		TestClient client = this.app.client();
		assertThat(fetch(page, client.signIn().accessToken(), "mcp-session-id")).matches("200 \\S{16,}");
		assertThat(fetch(page, "nonsense", "www-authenticate")).startsWith("401 Bearer ")
			.contains("resource_metadata=\"%s\"".formatted(gateway.url("/.well-known/oauth-protected-resource/mcp")));
	}

	@Test
	void nobodyMayFrameTheConsentPage() {
		try (WebSite thief = WebSite.saying("<iframe src=\"%s\"></iframe>".formatted(this.app.authorizeUrl()))) {
			Page page = chromium.window();
			page.navigate(thief.url("/").toString());
			assertThat(page.frameLocator("iframe").getByRole(AriaRole.BUTTON, null)).hasCount(0);
			assertThat(chromium.complaints(page)).anyMatch((complaint) -> complaint.contains("frame-ancestors"));
		}
	}

	private static void finish(Page page) {
		Pages.button(page, "Allow").click();
		assertThat(Pages.title(page)).hasText(UPSTREAM_PAGE);
		Pages.button(page, "Allow").click();
		assertThat(Pages.title(page)).hasText(THE_END);
	}

	private static void assertDenied(Page page) {
		assertThat(Pages.title(page)).hasText(THE_END);
		assertThat(TestClient.parameters(URI.create(page.url()))).containsEntry("error", List.of("access_denied"))
			.containsEntry("state", List.of(TestClient.STATE))
			.containsEntry("iss", List.of(gateway.url().toString()))
			.doesNotContainKey("code");
	}

	/** Lets a script of the page call the gateway and read a header of the answer. */
	private static String fetch(Page page, String token, String header) {
		return (String) page.evaluate("""
				([url, token, header]) => fetch(url, {
					method: 'POST',
					headers: {
						'Authorization': 'Bearer ' + token,
						'Content-Type': 'application/json',
						'Accept': 'application/json, text/event-stream',
						'MCP-Protocol-Version': '2025-06-18'
					},
					body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {
						protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'page', version: '1' } } })
				}).then((answer) => answer.status + ' ' + answer.headers.get(header))""",
				List.of(gateway.url("/mcp").toString(), token, header));
	}

}
