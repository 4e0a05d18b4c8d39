package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

class AtlassianSimulatorConsentServerTests {

	private final AtlassianSimulator atlassian = AtlassianSimulator.start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	private final String clientId = this.client.register();

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void pageAsksWithTwoButtonsInAPlainForm() {
		HttpResponse<String> page = this.client.authorize(this.clientId);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
		assertThat(page.body()).contains("<html lang=\"en\">", "<form method=\"post\"",
				"<button type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>",
				"<button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button>");
	}

	@Test
	void allowingRedirectsWithACodeOfThreePartsAndTheState() {
		HttpResponse<String> redirect = decide("allow");
		assertThat(redirect.statusCode()).isEqualTo(302);
		assertThat(redirect.headers().firstValue("location").orElseThrow()).startsWith(SimulatorClient.CALLBACK + "?");
		assertThat(code(redirect)).matches(AtlassianSimulator.CAPTURED_PERSON + ":\\w{16}:\\w{32}");
		assertThat(SimulatorClient.query(redirect)).containsEntry("state", List.of("xyz"));
		assertThat(this.atlassian.authorizations()).isOne();
	}

	@Test
	void denyingRedirectsWithAccessDenied() {
		assertThat(SimulatorClient.query(decide("deny"))).containsEntry("error", List.of("access_denied"))
			.containsEntry("state", List.of("xyz"))
			.doesNotContainKey("code");
		assertThat(this.atlassian.authorizations()).isZero();
	}

	@Test
	void theNextPersonIsAskedOnce() {
		String other = "6d0e1f2a3b4c5d6e7f8091a2";
		this.atlassian.nextUser(other);
		assertThat(this.client.authorize(this.clientId).body()).contains(other);
		assertThat(code(decide("allow"))).startsWith(other);
		assertThat(code(decide("allow"))).startsWith(AtlassianSimulator.CAPTURED_PERSON);
	}

	@Test
	void unprovenRedirectsGetAPageInstead() {
		assertThat(this.client.authorize("unknown").statusCode()).isEqualTo(400);
		HttpResponse<String> page = this.client
			.get("/v1/authorize?client_id=" + this.clientId + "&redirect_uri=https://evil.example.com/");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("Invalid redirect URI");
	}

	@Test
	void loopbackRedirectsMayChangeTheirPort() {
		assertThat(get("redirect_uri=http://localhost:4444/oauth/callback&code_challenge_method=S256&code_challenge="
				+ SimulatorClient.CHALLENGE)
			.statusCode()).isEqualTo(200);
	}

	@Test
	void aMissingOrPlainChallengeIsRefused() {
		for (String challenge : List.of("", "&code_challenge=abc", "&code_challenge_method=S256&code_challenge=abc",
				"&code_challenge_method=plain&code_challenge=" + SimulatorClient.CHALLENGE)) {
			assertThat(SimulatorClient.query(get("redirect_uri=" + SimulatorClient.CALLBACK + challenge)))
				.containsEntry("error", List.of("invalid_request"));
		}
	}

	@Test
	void autoApprovalRedirectsAtOnce() {
		try (AtlassianSimulator other = AtlassianSimulator.builder()
			.autoApprove(true)
			.person("7aa1b2c3d4e5f60718293a4b")
			.start()) {
			Tokens tokens = new SimulatorClient(other).signIn();
			assertThat(tokens.access()).startsWith("7aa1b2c3d4e5f60718293a4b:");
		}
	}

	private HttpResponse<String> get(String query) {
		return this.client.get("/v1/authorize?response_type=code&client_id=" + this.clientId + "&" + query);
	}

	private HttpResponse<String> decide(String decision) {
		String page = this.client.authorize(this.clientId).body();
		String action = page.replaceAll("(?s).*action=\"([^\"]+)\".*", "$1").replace("&amp;", "&");
		return this.client.post(action, "decision=" + decision, "content-type", "application/x-www-form-urlencoded");
	}

	private static String code(HttpResponse<String> redirect) {
		return SimulatorClient.query(redirect).getOrDefault("code", List.of("none")).get(0);
	}

}
