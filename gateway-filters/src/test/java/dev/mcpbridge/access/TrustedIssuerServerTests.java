package dev.mcpbridge.access;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway in front of an existing bridge: no authorization server, no keys.
 */
class TrustedIssuerServerTests {

	static final String SECRET = "an existing bridge's shared secret of some length";

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	@AfterAll
	static void stop() {
		atlassian.close();
	}

	@Test
	void unwrapsTheTokensOfTheExistingBridgeAndNothingElse(@TempDir Path directory) throws Exception {
		try (TestGateway gateway = gateway(directory).start()) {
			assertThat(call(gateway, JWSAlgorithm.HS256, "https://bridge.example").statusCode())
				.as("the upstream's own refusal")
				.isEqualTo(401);
			assertThat(atlassian.requests()).last()
				.satisfies((request) -> assertThat(request.header("authorization"))
					.isEqualTo("Bearer person:grant:secret"));
			int before = atlassian.mcpRequests();
			assertThat(call(gateway, JWSAlgorithm.HS256, "https://other.example").statusCode()).isEqualTo(401);
			assertThat(atlassian.mcpRequests()).isEqualTo(before);
			HttpResponse<String> down = call(gateway, JWSAlgorithm.RS256, "https://down.example");
			assertThat(down.statusCode()).as("its key server is down").isEqualTo(503);
			assertThat(down.headers().firstValue("retry-after")).contains("2");
			assertThat(atlassian.mcpRequests()).isEqualTo(before);
			assertNoDesk(gateway);
		}
		assertThat(Files.exists(directory.resolve("data"))).isFalse();
	}

	@Test
	void aTokenThatEndedSecondsAgoServesSinceClocksDiffer(@TempDir Path directory) throws Exception {
		try (TestGateway gateway = gateway(directory).start()) {
			int before = atlassian.mcpRequests();
			call(gateway, JWSAlgorithm.HS256, "https://bridge.example", -10);
			assertThat(atlassian.mcpRequests()).isEqualTo(before + 1);
			call(gateway, JWSAlgorithm.HS256, "https://bridge.example", -60);
			assertThat(atlassian.mcpRequests()).isEqualTo(before + 1);
		}
	}

	@Test
	void metadataLeadsToTheExistingBridge(@TempDir Path directory) {
		try (TestGateway gateway = gateway(directory).start()) {
			HttpResponse<String> answer = new Browser().get(gateway.url("/.well-known/oauth-protected-resource/mcp"));
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
			assertThat(answer.body()).contains("\"resource\":\"%s\"".formatted(gateway.url("/mcp")),
					"\"authorization_servers\":[\"https://bridge.example\",\"https://down.example\"]");
		}
	}

	@Test
	void leavesTheHostsOwnEndpointsAlone(@TempDir Path directory) {
		try (TestGateway gateway = gateway(directory).route("theirs", atlassian.url(), "/token", "SetPath=/nowhere")
			.start()) {
			HttpResponse<String> answer = new Browser()
				.send(HttpRequest.newBuilder(gateway.url("/token")).header("Origin", "https://page.example").GET());
			assertThat(answer.headers().allValues("access-control-expose-headers"))
				.noneMatch((value) -> value.contains("WWW-Authenticate"));
		}
	}

	private static void assertNoDesk(TestGateway gateway) {
		for (String path : new String[] { "/jwks.json", "/authorize", "/.well-known/oauth-authorization-server" }) {
			assertThat(new Browser().get(gateway.url(path)).statusCode()).as(path).isEqualTo(404);
		}
	}

	private static TestGateway.Builder gateway(Path directory) {
		String issuers = "mcp.bridge.token.trusted-issuers";
		return TestGateway.bare()
			.property("mcp.bridge.data-dir", directory.resolve("data").toString())
			.property(issuers + "[0].issuer", "https://bridge.example")
			.property(issuers + "[0].secret", SECRET)
			.property(issuers + "[1].issuer", "https://down.example")
			.property(issuers + "[1].jwk-set-uri", "http://localhost:1/jwks.json")
			.route("mcp", atlassian.url(), "/mcp", "McpBridge", "SetPath=/v1/mcp");
	}

	private static HttpResponse<String> call(TestGateway gateway, JWSAlgorithm algorithm, String issuer)
			throws Exception {
		return call(gateway, algorithm, issuer, 600);
	}

	private static HttpResponse<String> call(TestGateway gateway, JWSAlgorithm algorithm, String issuer, int seconds)
			throws Exception {
		SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm),
				new JWTClaimsSet.Builder().issuer(issuer)
					.claim("atlassian_access_token", "person:grant:secret")
					.expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
					.build());
		jwt.sign((algorithm == JWSAlgorithm.HS256) ? new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8))
				: new RSASSASigner(Keys.rsa("theirs")));
		return new Browser().send(HttpRequest.newBuilder(gateway.url("/mcp"))
			.header("Authorization", "Bearer " + jwt.serialize())
			.POST(HttpRequest.BodyPublishers.ofString("{}")));
	}

}
