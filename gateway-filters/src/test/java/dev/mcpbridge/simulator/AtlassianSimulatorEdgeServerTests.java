package dev.mcpbridge.simulator;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

class AtlassianSimulatorEdgeServerTests {

	private static final Map<String, String> CORS = Map.of("access-control-allow-headers",
			"Content-Type, mcp-session-id", "access-control-allow-methods", "GET, POST, OPTIONS",
			"access-control-allow-origin", "*", "access-control-expose-headers", "mcp-session-id",
			"access-control-max-age", "86400");

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/sse", "POST /v1/sse", "POST /v1/sse/message?sessionId=x", "GET /v1/mcp",
			"POST /v1/mcp", "DELETE /v1/mcp" })
	void aMissingTokenIsChallengedAsCaptured(String request) {
		HttpResponse<String> response = this.client.send(request.split(" ")[0], request.split(" ")[1]);
		assertChallenged(response, "Missing or invalid access token");
	}

	@Test
	void anExpiredTokenIsChallengedInSixtyEightBytes() {
		Tokens tokens = this.client.signIn();
		this.atlassian.clock().advance(Duration.ofSeconds(3300));
		HttpResponse<String> response = this.client.get("/v1/sse", "authorization", "Bearer " + tokens.access());
		assertChallenged(response, "Invalid access token");
		assertThat(response.body().getBytes(StandardCharsets.UTF_8)).hasSize(68);
		assertThat(response.headers().firstValue("content-length")).hasValue("68");
	}

	@Test
	void theSchemeWordIsCaseSensitive() {
		Tokens tokens = this.client.signIn();
		assertChallenged(this.client.get("/v1/mcp", "authorization", "bearer " + tokens.access()),
				"Missing or invalid access token");
		assertChallenged(this.client.get("/v1/mcp", "authorization", "Bearer nonsense"), "Invalid access token");
	}

	@Test
	void everyAnswerCarriesTheHeadersOfTheEdge() {
		HttpHeaders first = this.client.get("/.well-known/oauth-authorization-server").headers();
		HttpHeaders second = this.client.get("/v1/sse").headers();
		assertThat(first.map()).containsKeys("atl-request-id", "atl-traceid", "server-timing", "server", "cf-ray",
				"ge-edge-trusted-cloudflare-proxy", "alt-svc", "strict-transport-security", "x-content-type-options",
				"x-xss-protection", "nel", "report-to", "cache-control", "vary");
		assertThat(second.map()).containsKeys(first.map().keySet().toArray(String[]::new));
		assertThat(first.firstValue("atl-request-id")).isNotEqualTo(second.firstValue("atl-request-id"));
		assertThat(first.firstValue("atl-request-id").orElseThrow().replace("-", ""))
			.isEqualTo(first.firstValue("atl-traceid").orElseThrow());
		assertThat(first.firstValue("server")).hasValue("AtlassianEdge");
		assertThat(first.map()).doesNotContainKey("set-cookie");
	}

	@Test
	void successCarriesTheCapturedCorsHeaders() {
		HttpResponse<String> response = this.client.mcp(this.client.signIn(), null,
				SimulatorClient.message("initialize", "{}"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(firstValues(response)).containsAllEntriesOf(CORS);
	}

	@Test
	void preflightIsAnsweredWithoutAToken() {
		HttpResponse<String> response = this.client.send("OPTIONS", "/v1/mcp", "origin", "https://app.example.com",
				"access-control-request-method", "POST");
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(firstValues(response)).containsAllEntriesOf(CORS);
	}

	@Test
	void withAnOriginTheChallengeIsReadableButNotItsHeader() {
		HttpResponse<String> response = this.client.get("/v1/mcp", "origin", "https://app.example.com");
		assertThat(firstValues(response)).containsEntry("access-control-allow-origin", "https://app.example.com")
			.containsEntry("access-control-allow-headers", "Authorization, *")
			.doesNotContainKey("access-control-expose-headers");
	}

	@Test
	void cookiesAreSetOnRequest() {
		try (AtlassianSimulator baker = AtlassianSimulator.builder().setCookies().start()) {
			assertThat(new SimulatorClient(baker).get("/v1/mcp").headers().allValues("set-cookie")).hasSize(2);
		}
	}

	@Test
	void unknownAddressesAreNotFound() {
		assertThat(this.client.post("/register", "{}").statusCode()).isEqualTo(404);
		assertThat(
				this.client.get("/elsewhere", "authorization", "Bearer " + this.client.signIn().access()).statusCode())
			.isEqualTo(404);
	}

	private static Map<String, String> firstValues(HttpResponse<String> response) {
		return response.headers()
			.map()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (header) -> header.getValue().get(0)));
	}

	private static void assertChallenged(HttpResponse<String> response, String description) {
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("www-authenticate"))
			.hasValue("Bearer realm=\"OAuth\", error=\"invalid_token\"");
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
		assertThat(response.body())
			.isEqualTo("{\"error\":\"invalid_token\",\"error_description\":\"" + description + "\"}");
	}

}
