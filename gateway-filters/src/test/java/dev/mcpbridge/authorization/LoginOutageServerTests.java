package dev.mcpbridge.authorization;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.mcpbridge.authorization.FrontDesk.assertErrorPage;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login that cannot start: the person reads why, and what to do.
 */
class LoginOutageServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder().redirectHosts("allowed.example").start();

	static final TestGateway gateway = gateway().start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
	}

	static Stream<Fault> outages() {
		return Stream.of(Fault.status(500), Fault.status(503), Fault.html(200), Fault.html(502), Fault.hang(),
				Fault.cut(), Fault.loseAnswer());
	}

	@ParameterizedTest
	@MethodSource("outages")
	void anUpstreamThatDoesNotRegisterUsIsUnavailable(Fault fault) {
		atlassian.faults().always(Endpoint.REGISTER, fault);
		HttpResponse<String> answer = login(gateway);
		assertErrorPage(answer, 503, "temporarily_unavailable");
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(answer.body()).contains("Wait a minute");
	}

	@Test
	void aRegistrationRefusedWithoutAWordGetsTheAllowListHint() {
		atlassian.faults().always(Endpoint.REGISTER, Fault.html(403));
		HttpResponse<String> answer = login(gateway);
		assertErrorPage(answer, 502, "callback_not_allowed");
		assertThat(answer.body()).contains("Rovo MCP server");
	}

	@ParameterizedTest
	@MethodSource("outages")
	void anUpstreamThatDoesNotDescribeItselfIsUnavailable(Fault fault) {
		atlassian.faults().always(Endpoint.DISCOVERY, fault);
		TestGateway fresh = gateway().start();
		try (fresh) {
			assertErrorPage(login(fresh), 503, "temporarily_unavailable");
		}
	}

	@Test
	void anUpstreamThatIsDownIsUnavailable() {
		AtlassianSimulator gone = AtlassianSimulator.start();
		TestGateway orphan = TestGateway.inFrontOf(gone.url()).start();
		gone.close();
		try (orphan) {
			assertErrorPage(login(orphan), 503, "temporarily_unavailable");
		}
	}

	@Test
	void theLoginWorksAsSoonAsTheUpstreamDoes() {
		TestClient client = TestClient.register(gateway.url());
		HttpResponse<String> page = client.authorize(client.request());
		atlassian.faults().next(1, Endpoint.REGISTER, Fault.status(503));
		assertErrorPage(client.decide(page, "allow"), 503, "temporarily_unavailable");
		assertThat(client.decide(page, "allow").statusCode()).isEqualTo(303);
	}

	@Test
	void anUpstreamThatDoesNotAllowOurHostIsExplained() {
		TestGateway stranger = gateway().property("mcp.bridge.public-url", "https://gateway.example.com")
			.property("mcp.bridge.authorization-server.consent", "never")
			.start();
		try (stranger) {
			TestClient client = TestClient.register(stranger.url());
			HttpResponse<String> answer = client
				.authorize(FrontDesk.with(client.request(), "resource", FrontDesk.ABSENT));
			assertErrorPage(answer, 502, "callback_not_allowed");
			assertThat(answer.body()).contains("https://gateway.example.com/oauth/callback",
					"https://gateway.example.com/**", "administrator");
		}
	}

	@Test
	void anUpstreamThatNamesAnotherIssuerIsNotTrusted() {
		AtlassianSimulator impostor = AtlassianSimulator.builder().issuer("https://evil.example").start();
		TestGateway wary = TestGateway.inFrontOf(impostor.url()).start();
		try (wary; impostor) {
			HttpResponse<String> answer = login(wary);
			assertErrorPage(answer, 502, "server_error");
			assertThat(answer.body()).doesNotContain("evil.example");
		}
	}

	private static HttpResponse<String> login(TestGateway gateway) {
		TestClient client = TestClient.register(gateway.url());
		return client.decide(client.authorize(client.request()), "allow");
	}

	private static TestGateway.Builder gateway() {
		return TestGateway.inFrontOf(atlassian.url()).property("mcp.bridge.upstream.answer-timeout", "500ms");
	}

}
