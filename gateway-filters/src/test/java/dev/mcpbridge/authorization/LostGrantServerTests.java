package dev.mcpbridge.authorization;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static dev.mcpbridge.authorization.FrontDesk.grantIdOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be done with the tokens of a grant that only they remember.
 */
class LostGrantServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	private TestClient client;

	private Tokens tokens;

	private TestGateway gateway;

	@BeforeEach
	void loseTheStore(@TempDir Path directory) {
		Path keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		String publicUrl;
		TestClient before;
		try (TestGateway lost = gateway(keys).start()) {
			before = TestClient.register(lost.url());
			this.tokens = before.signIn();
			publicUrl = lost.url().toString();
		}
		this.gateway = gateway(keys).property("mcp.bridge.public-url", publicUrl).start();
		this.client = before.at(this.gateway.url());
	}

	@AfterEach
	void stop() {
		this.gateway.close();
	}

	@AfterAll
	static void stopAtlassian() {
		atlassian.close();
	}

	@Test
	void aRefreshTokenThatIsGivenBackBringsNothingBack() {
		int before = atlassian.revocations();
		assertThat(revoke(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
		assertError(this.client.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(atlassian.revocations()).as("at the upstream too").isEqualTo(before + 1);
	}

	@Test
	void aBridgeTokenThatServesCannotBeGivenBackAlone() {
		HttpResponse<String> answer = revoke(this.tokens.accessToken());
		assertError(answer, 503, "temporarily_unavailable");
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(revoke(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(revoke(this.tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
	}

	@Test
	void aBridgeTokenThatIsOverIsWorthNothingAlready() {
		atlassian.clock().advance(Duration.ofHours(2));
		assertThat(revoke(this.tokens.accessToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void nobodyElseGivesItBack() {
		TestClient thief = TestClient.register(this.gateway.url());
		assertError(post("/revoke", Map.of("client_id", thief.clientId(), "token", this.tokens.refreshToken())), 400,
				"invalid_grant");
		assertError(thief.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void aRefreshTokenThatWouldBringItBackIsActive() {
		assertThat(TestClient.json(introspect(this.tokens.refreshToken())).get("active").asBoolean()).isTrue();
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage", "a.b.c.d.e" })
	void itIsBroughtBackOverWhatIsNoneOfOurs(String garbage) {
		this.gateway.bean(BridgeStore.class)
			.put("grant:" + grantIdOf(this.tokens.accessToken()), garbage, Duration.ofDays(1))
			.block(Duration.ofSeconds(10));
		Tokens renewed = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		assertThat(this.client.initialize(renewed.accessToken()).statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> revoke(String token) {
		return post("/revoke", Map.of("client_id", this.client.clientId(), "token", token));
	}

	private HttpResponse<String> introspect(String token) {
		String pair = Base64.getEncoder().encodeToString("resource-server:secret".getBytes(StandardCharsets.UTF_8));
		return post("/introspect", Map.of("token", token), "Authorization", "Basic " + pair);
	}

	private HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
		return new Browser().post(this.gateway.url(path), form, headers);
	}

	private static TestGateway.Builder gateway(Path keys) {
		return TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.property("mcp.bridge.authorization-server.introspection.client-id", "resource-server")
			.property("mcp.bridge.authorization-server.introspection.client-secret", "secret")
			.property("mcp.bridge.keys", keys.toString());
	}

}
