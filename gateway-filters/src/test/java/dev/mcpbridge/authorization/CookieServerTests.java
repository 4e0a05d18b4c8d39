package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cookies of the front desk, with TLS before it and without, and what others make of
 * them.
 */
class CookieServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).start();

	static final TestGateway secure = TestGateway.inFrontOf(atlassian.url())
		.property("mcp.bridge.public-url", "https://gateway.example.com:443/")
		.start();

	@AfterAll
	static void stop() {
		gateway.close();
		secure.close();
		atlassian.close();
	}

	@Test
	void behindTlsEveryCookieIsSecureAndOfThisHost() {
		TestClient client = TestClient.register(secure.url());
		HttpResponse<String> page = client.authorize(request(client));
		HttpResponse<String> login = allow(page, "Origin", "https://gateway.example.com");
		assertThat(page.headers().allValues("Set-Cookie")).hasSize(1);
		assertThat(login.headers().allValues("Set-Cookie")).hasSize(2);
		for (HttpResponse<String> answer : List.of(page, login)) {
			assertThat(answer.headers().allValues("Set-Cookie"))
				.allSatisfy((cookie) -> assertThat(cookie).startsWith("__Host-mcp-bridge-")
					.containsIgnoringCase("; HttpOnly")
					.contains("; Path=/;", "; Secure", "; SameSite=Lax")
					.doesNotContain("Domain"));
		}
	}

	@Test
	void aWholeLoginBehindTls() {
		TestClient client = TestClient.register(secure.url());
		HttpResponse<String> login = allow(client.authorize(request(client)), "Origin", "https://gateway.example.com");
		URI callback = client.returnFrom(Browser.location(login), "allow");
		assertThat(callback.toString()).startsWith("https://gateway.example.com");
		HttpResponse<String> answer = new Browser()
			.send(HttpRequest.newBuilder(secure.url(callback.getRawPath() + "?" + callback.getRawQuery()))
				.header("Cookie", cookies(login))
				.GET());
		assertThat(client.redeem(TestClient.codeOf(Browser.location(answer))).statusCode()).isEqualTo(200);
	}

	@Test
	void thePlainPortIsNotOurOrigin() {
		TestClient client = TestClient.register(secure.url());
		for (String origin : List.of("http://gateway.example.com", "https://gateway.example.com:8443",
				"https://gateway.example.com.evil.example", secure.url().toString())) {
			assertThat(allow(client.authorize(request(client)), "Origin", origin).statusCode()).as(origin)
				.isEqualTo(400);
		}
	}

	@Test
	void behindTlsACookieWithoutThePrefixCountsForNothing() {
		TestClient client = TestClient.register(secure.url());
		HttpResponse<String> page = client.authorize(request(client));
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(secure.url("/authorize"))
			.header("Cookie", cookies(page).replace("__Host-", ""))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString(Browser.form(Map.of("ticket", TestClient.ticketOf(page), "decision", "allow")))));
		FrontDesk.assertErrorPage(answer, 400, "invalid_state");
	}

	@Test
	void onLoopbackCookiesWorkWithoutTls() {
		TestClient client = TestClient.register(gateway.url());
		assertThat(client.authorize(client.request()).headers().allValues("Set-Cookie"))
			.allSatisfy((cookie) -> assertThat(cookie).startsWith("mcp-bridge-")
				.containsIgnoringCase("; HttpOnly")
				.contains("; SameSite=Lax")
				.doesNotContain("Secure"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp-bridge-browser=", "mcp-bridge-browser=a b", "mcp-bridge-browser=a,b",
			"mcp-bridge-browser=\"quoted\"", "mcp-bridge-browser=a\\b", "mcp-bridge-browser=ü", "mcp-bridge-browser=x",
			"mcp-bridge-browser=one; mcp-bridge-browser=two", "mcp-bridge-login-=x", "mcp-bridge-login-a(b=x",
			"mcp-bridge-login-1=x; mcp-bridge-login-2=x; mcp-bridge-login-3=x; mcp-bridge-login-a[b=x",
			"mcp-bridge-login-1=x; mcp-bridge-login-2=x; mcp-bridge-login-3=x; mcp-bridge-login-z(z)=x",
			"mcp-bridge-consents=x", "mcp-bridge-consents=", ";;;", "=", "mcp-bridge-browser", "a=b; $Version=1" })
	void strangeCookiesAreNoServerError(String cookie) {
		TestClient client = TestClient.register(gateway.url());
		HttpResponse<String> page = new Browser()
			.send(HttpRequest.newBuilder(gateway.url("/authorize?" + Browser.form(client.request())))
				.header("Cookie", cookie)
				.GET());
		assertThat(page.statusCode()).isEqualTo(200);
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(gateway.url("/authorize"))
			.header("Cookie", cookies(page) + "; " + cookie)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString(Browser.form(Map.of("ticket", TestClient.ticketOf(page), "decision", "allow")))));
		assertThat(answer.statusCode()).isIn(303, 400);
	}

	@Test
	void aBrowserIsNotToldItsNameByOthers() {
		TestClient client = TestClient.register(gateway.url());
		HttpResponse<String> page = new Browser()
			.send(HttpRequest.newBuilder(gateway.url("/authorize?" + Browser.form(client.request())))
				.header("Cookie", "mcp-bridge-browser=" + "x".repeat(5000))
				.GET());
		assertThat(cookies(page)).hasSizeLessThan(100);
	}

	@Test
	void withRestrictedOriginsThePersonCanStillAnswer() {
		TestGateway restricted = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.public-url", "https://gateway.example.com")
			.property("mcp.bridge.cors.allowed-origins", "https://app.example.com")
			.start();
		try (restricted) {
			TestClient client = TestClient.register(restricted.url());
			HttpResponse<String> page = client.authorize(request(client));
			HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(restricted.url("/authorize"))
				.header("Cookie", cookies(page))
				.header("Origin", "https://gateway.example.com")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers
					.ofString(Browser.form(Map.of("ticket", TestClient.ticketOf(page), "decision", "allow")))));
			assertThat(answer.statusCode()).isEqualTo(303);
		}
	}

	private static Map<String, String> request(TestClient client) {
		return FrontDesk.with(client.request(), "resource", "https://gateway.example.com/mcp");
	}

	private static HttpResponse<String> allow(HttpResponse<String> page, String... headers) {
		return new Browser().send(HttpRequest.newBuilder(secure.url("/authorize"))
			.header("Cookie", cookies(page))
			.headers(headers)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(Browser
				.form(Map.of("ticket", TestClient.ticketOf(page), "decision", "allow", "remember", "true")))));
	}

	private static String cookies(HttpResponse<String> answer) {
		return answer.headers()
			.allValues("Set-Cookie")
			.stream()
			.map((cookie) -> cookie.substring(0, cookie.indexOf(';')))
			.collect(Collectors.joining("; "));
	}

}
