package dev.mcpbridge.authorization;

import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.mcpbridge.authorization.FrontDesk.assertClientHears;
import static dev.mcpbridge.authorization.FrontDesk.assertErrorPage;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The return from the upstream: once, in time, into the browser that left.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallbackServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.property("mcp.bridge.upstream.answer-timeout", "500ms")
		.clock(atlassian.clock())
		.start();

	final TestClient client = TestClient.register(gateway.url());

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
	}

	@Test
	void anotherBrowserCannotReturn() {
		URI callback = allowed();
		int asked = atlassian.tokenRequests();
		assertErrorPage(new Browser().get(callback), 400, "invalid_state");
		TestClient other = TestClient.register(gateway.url());
		other.consent();
		assertErrorPage(other.browser().get(callback), 400, "invalid_state");
		assertThat(atlassian.tokenRequests()).isEqualTo(asked);
		assertThat(this.client.browser().get(callback).statusCode()).isEqualTo(303);
	}

	@Test
	void aReturnCountsOnce() {
		URI callback = allowed();
		assertThat(this.client.browser().get(callback).statusCode()).isEqualTo(303);
		int asked = atlassian.tokenRequests();
		assertErrorPage(this.client.browser().get(callback), 400, "invalid_state");
		assertThat(atlassian.tokenRequests()).isEqualTo(asked);
	}

	@Test
	void aReturnCountsOnceEvenIfTheBrowserKeepsItsCookies() {
		URI callback = allowed();
		List<HttpCookie> kept = new ArrayList<>(this.client.browser().cookies().getCookieStore().getCookies());
		assertThat(this.client.browser().get(callback).statusCode()).isEqualTo(303);
		kept.forEach((cookie) -> this.client.browser().cookies().getCookieStore().add(gateway.url(), cookie));
		assertErrorPage(this.client.browser().get(callback), 400, "invalid_state");
	}

	@Test
	void ofManyReturnsAtOnceOneGoesOn() {
		URI callback = allowed();
		int asked = atlassian.tokenRequests();
		assertThat(FrontDesk.statusesOf(8, () -> this.client.browser().get(callback))).containsOnlyOnce(303);
		assertThat(atlassian.tokenRequests()).isEqualTo(asked + 1);
	}

	@Test
	void aReturnAfterTooLongIsVoid() {
		URI callback = allowed();
		atlassian.clock().advance(Duration.ofMinutes(11));
		assertErrorPage(this.client.browser().get(callback), 400, "invalid_state");
	}

	@Test
	void theStateOfOneLoginDoesNotFinishAnother() {
		URI first = allowed();
		URI second = allowed();
		String mixed = first.toString()
			.replace(FrontDesk.parameter(first, "state"), FrontDesk.parameter(second, "state"));
		assertClientHears(this.client.browser().get(URI.create(mixed)), gateway, "server_error");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?", "?code=x", "?state=x&code=x", "?state=a.b.c.d.e&code=x", "?error=access_denied",
			"?state=&error=%3Cscript%3E" })
	void aReturnFromNowhereIsAnErrorPage(String query) {
		this.client.consent();
		HttpResponse<String> answer = this.client.browser().get(gateway.url("/oauth/callback" + query));
		assertErrorPage(answer, 400, "invalid_state");
		assertThat(answer.body()).doesNotContain("script");
	}

	@Test
	void anAnswerOfAnotherServerIsStoppedAndLogged(CapturedOutput output) {
		int asked = atlassian.tokenRequests();
		HttpResponse<String> answer = this.client.browser()
			.get(URI.create(allowed() + "&iss=https%3A%2F%2Fevil.example"));
		assertErrorPage(answer, 400, "invalid_issuer");
		assertThat(answer.body()).doesNotContain("evil.example");
		assertThat(output).contains("login stopped reason=foreign_iss").doesNotContain("evil.example");
		assertThat(atlassian.tokenRequests()).isEqualTo(asked);
	}

	@Test
	void anAnswerOfTheRightServerGoesOn() {
		HttpResponse<String> answer = this.client.browser()
			.get(URI.create(allowed() + "&iss=" + AtlassianSimulator.CAPTURED_ISSUER));
		assertThat(FrontDesk.parameter(Browser.location(answer), "code")).isNotBlank();
	}

	@Test
	void whoDeclinesAtTheUpstreamIsHeardByTheClient() {
		URI callback = this.client.returnFrom(this.client.consent(), "deny");
		assertClientHears(this.client.browser().get(callback), gateway, "access_denied");
	}

	@ParameterizedTest
	@ValueSource(strings = { "invalid_scope", "unauthorized_client", "nonsense", "<evil>", "" })
	void anyOtherErrorOfTheUpstreamIsAServerErrorAndLogged(String error, CapturedOutput output) {
		String state = FrontDesk.parameter(this.client.consent(), "state");
		URI callback = gateway.url("/oauth/callback?"
				+ Browser.form(Map.of("state", state, "error", error, "error_description", "<evil>")));
		HttpResponse<String> answer = this.client.browser().get(callback);
		assertClientHears(answer, gateway, "server_error");
		assertThat(Browser.location(answer).toString()).doesNotContain("evil");
		String reason = error.matches("[a-z_]+") ? error : "unnamed";
		assertThat(output).contains("login refused by upstream reason=" + reason).doesNotContain("evil");
	}

	@Test
	void anErrorBesideACodeIsAnError() {
		HttpResponse<String> answer = this.client.browser().get(URI.create(allowed() + "&error=access_denied"));
		assertClientHears(answer, gateway, "access_denied");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "%20", "%00", "x", "a%3Ab%3Ac" })
	void aCodeTheUpstreamDoesNotKnowGivesNone(String code) {
		String state = FrontDesk.parameter(this.client.consent(), "state");
		HttpResponse<String> answer = this.client.browser()
			.get(gateway.url("/oauth/callback?code=%s&state=%s".formatted(code, state)));
		assertThat(answer.statusCode()).isEqualTo(303);
		assertThat(FrontDesk.parameter(Browser.location(answer), "error")).isIn("server_error",
				"temporarily_unavailable");
	}

	@Test
	void anUpstreamThatIsDownNowIsTemporary() {
		for (Fault fault : List.of(Fault.status(500), Fault.status(503), Fault.tooManyRequests(Duration.ofSeconds(9)),
				Fault.html(200), Fault.html(502), Fault.hang(), Fault.cut(), Fault.loseAnswer())) {
			URI callback = allowed();
			atlassian.faults().next(1, Endpoint.TOKEN, fault);
			assertClientHears(this.client.browser().get(callback), gateway, "temporarily_unavailable");
		}
	}

	@Test
	void anUpstreamThatForgotUsIsAServerError() {
		URI callback = allowed();
		atlassian.forgetClients();
		assertClientHears(this.client.browser().get(callback), gateway, "server_error");
	}

	@Test
	void aFinishedLoginLeavesNoCookieBehind() {
		this.client.approve(this.client.consent());
		this.client.browser().get(this.client.returnFrom(this.client.consent(), "deny"));
		assertThat(cookieNames()).noneMatch((name) -> name.startsWith("mcp-bridge-login-"));
	}

	@Test
	void moreLoginsThanABrowserCanHoldForgetTheirEldersNotThemselves() {
		URI last = null;
		for (int login = 0; login < 8; login++) {
			last = allowed();
			assertThat(cookieNames().stream().filter((name) -> name.startsWith("mcp-bridge-login-")))
				.hasSizeLessThanOrEqualTo(3);
		}
		HttpResponse<String> answer = this.client.browser().get(Objects.requireNonNull(last));
		assertThat(FrontDesk.parameter(Browser.location(answer), "code")).isNotBlank();
	}

	@Test
	void twoLoginsAtOnceBothFinish() {
		URI first = allowed();
		URI second = allowed();
		assertThat(FrontDesk.parameter(Browser.location(this.client.browser().get(first)), "code")).isNotBlank();
		assertThat(FrontDesk.parameter(Browser.location(this.client.browser().get(second)), "code")).isNotBlank();
	}

	private List<String> cookieNames() {
		return this.client.browser().cookies().getCookieStore().getCookies().stream().map(HttpCookie::getName).toList();
	}

	private URI allowed() {
		return this.client.returnFrom(this.client.consent(), "allow");
	}

}
