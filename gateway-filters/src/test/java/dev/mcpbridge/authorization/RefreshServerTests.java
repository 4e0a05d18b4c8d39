package dev.mcpbridge.authorization;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Our refresh tokens: each good for its client, as long as the upstream keeps the login;
 * and an outage costs nobody theirs.
 */
class RefreshServerTests {

	static final Duration STALE = Duration.ofSeconds(3299);

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.unguarded()
		.start();

	final TestClient client = TestClient.register(gateway.url());

	final TestClient.Tokens tokens = this.client.signIn();

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
	void aRefreshGivesNewTokens() {
		TestClient.Tokens next = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		assertThat(next.refreshToken()).isNotEqualTo(this.tokens.refreshToken());
		assertThat(next.scope()).isEqualTo(this.tokens.scope());
		assertThat(this.client.initialize(next.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.client.refresh(next.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void aRefreshWrapsTheNewestUpstreamToken() {
		atlassian.clock().advance(STALE);
		int before = atlassian.refreshes();
		TestClient.Tokens next = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		assertThat(atlassian.refreshes()).isEqualTo(before + 1);
		assertThat(next.expiresIn()).isBetween(3200L, 3240L);
		assertThat(this.client.initialize(next.accessToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void anotherClientCannotUseIt() {
		TestClient other = TestClient.register(gateway.url());
		assertError(other.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void anUnknownClientIsTold401() {
		assertError(this.client.token(Map.of("grant_type", "refresh_token", "client_id", "nobody", "refresh_token",
				this.tokens.refreshToken())), 401, "invalid_client");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a.b.c.d.e", "....", "user:grant:secret" })
	void whatIsNoRefreshTokenIsRefused(String refreshToken) {
		assertError(this.client.refresh(refreshToken), 400, "invalid_grant");
	}

	@Test
	void aTamperedOneIsRefused() {
		String good = this.tokens.refreshToken();
		assertError(this.client.refresh(good.substring(0, good.length() - 3) + "AAA"), 400, "invalid_grant");
		assertError(this.client.refresh(good + "A"), 400, "invalid_grant");
	}

	@Test
	void oneKindOfTokenIsNotTheOther() {
		assertError(this.client.refresh(this.tokens.accessToken()), 400, "invalid_grant");
		assertThat(this.client.initialize(this.tokens.refreshToken()).statusCode()).isEqualTo(401);
		assertError(this.client.refresh(this.client.clientId()), 400, "invalid_grant");
	}

	@Test
	void anotherResourceThanBeforeIsRefusedAndCostsNothing() {
		for (String resource : List.of(gateway.url("/sse").toString(), "https://evil.example/mcp")) {
			assertError(refreshFor(resource), 400, "invalid_target");
		}
		assertThat(refreshFor(gateway.url("/mcp").toString()).statusCode()).isEqualTo(200);
	}

	@Test
	void anOutageCostsNobodyTheirLogin() {
		atlassian.clock().advance(STALE);
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(503));
		HttpResponse<String> answer = this.client.refresh(this.tokens.refreshToken());
		assertError(answer, 503, "temporarily_unavailable");
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
		atlassian.faults().clear();
		await("the pause after a failed refresh").atMost(Duration.ofSeconds(20))
			.until(() -> this.client.refresh(this.tokens.refreshToken()).statusCode() == 200);
	}

	@Test
	void anUpstreamThatEndedTheLoginEndsOurs() {
		atlassian.clock().advance(STALE);
		atlassian.forgetClients();
		assertError(this.client.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
		assertThat(this.client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
	}

	@Test
	void aLoginThatIsNotUsedEnds() {
		atlassian.clock().advance(Duration.ofDays(91));
		assertError(this.client.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
	}

	@Test
	void aRefreshIsNotCached() {
		HttpResponse<String> answer = this.client.refresh(this.tokens.refreshToken());
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
	}

	private HttpResponse<String> refreshFor(String resource) {
		return this.client.token(Map.of("grant_type", "refresh_token", "client_id", this.client.clientId(),
				"refresh_token", this.tokens.refreshToken(), "resource", resource));
	}

}
