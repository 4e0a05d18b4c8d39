package dev.mcpbridge.refresh;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BreakableRedis;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A Redis that is away, or back with less than it knew: what is fresh serves, nothing is
 * renewed blindly, and nobody logs in again.
 */
class RedisOutageServerTests {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	final AtlassianSimulator atlassian = AtlassianSimulator.start();

	final BreakableRedis redis = BreakableRedis.start();

	final TestGateway gateway = TestGateway.inFrontOf(this.atlassian.url())
		.clock(this.atlassian.clock())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.property("mcp.bridge.store", "redis")
		.property("spring.data.redis.port", Integer.toString(this.redis.port()))
		.property("spring.data.redis.timeout", "500ms")
		.start();

	final TestClient client = TestClient.register(this.gateway.url());

	TestClient.Tokens tokens = this.client.signIn();

	@AfterEach
	void stop() {
		this.gateway.close();
		this.redis.close();
		this.atlassian.close();
	}

	@Test
	void whileItHangsNothingIsRenewedAndAfterwardsAllIsWell() {
		this.redis.freeze();
		assertServesWhatIsFreshAndRenewsNothing();
		this.redis.thaw();
		assertGoesOn();
		assertThat(this.atlassian.refreshes()).as("one for each end of the token").isEqualTo(2);
	}

	@Test
	void whileItIsDownNothingIsRenewedAndAfterwardsAllIsWell() {
		this.redis.save();
		this.redis.stop();
		assertServesWhatIsFreshAndRenewsNothing();
		this.redis.startAsSaved();
		assertGoesOn();
		assertThat(this.atlassian.refreshes()).as("one for each end of the token").isEqualTo(2);
	}

	@Test
	void whenItIsBackEmptyTokensAndRefreshTokensServe() {
		this.redis.stop();
		assertThat(call().statusCode()).as("while it is down").isEqualTo(200);
		this.redis.startEmpty();
		assertThat(call().statusCode()).as("when it is empty").isEqualTo(200);
		renew();
		assertThat(call().statusCode()).isEqualTo(200);
		assertGoesOn();
	}

	@Test
	void whenItIsBackEmptyTheEndOfTheTokenCostsNoLoginEither() {
		this.redis.stop();
		this.redis.startEmpty();
		this.atlassian.clock().advance(Duration.ofMinutes(56));
		renew();
		assertGoesOn();
	}

	/**
	 * The replica that took over had not heard of the last rotation, so it names a
	 * refresh token that was used.
	 */
	@Test
	void whenTheNewestRotationIsLostTheGrantGoesOn() {
		this.redis.save();
		this.atlassian.clock().advance(Duration.ofMinutes(56));
		assertThat(call().statusCode()).isEqualTo(200);
		assertThat(this.atlassian.refreshes()).isEqualTo(1);
		failOver();
		assertServed(this::call);
		assertGoesOn();
	}

	/**
	 * The replica that took over had not heard of the client's newest refresh token: one
	 * that runs ahead of what is known is no replay.
	 */
	@Test
	void whenTheNewestRefreshTokenIsLostItIsGoodNevertheless() {
		this.redis.save();
		renew();
		failOver();
		renew();
		assertThat(call().statusCode()).isEqualTo(200);
		assertGoesOn();
	}

	private void failOver() {
		this.redis.stop();
		this.redis.startAsSaved();
	}

	private void assertServesWhatIsFreshAndRenewsNothing() {
		int asked = this.atlassian.tokenRequests();
		assertThat(call().statusCode()).as("a fresh token").isEqualTo(200);
		this.atlassian.clock().advance(Duration.ofMinutes(52));
		assertThat(call().statusCode()).as("an ageing token").isEqualTo(200);
		this.atlassian.clock().advance(Duration.ofMinutes(4));
		HttpResponse<String> answer = call();
		assertThat(answer.statusCode()).as("a stale token").isEqualTo(503);
		assertThat(answer.headers().firstValue("retry-after")).isPresent();
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).as("a refresh token").isEqualTo(503);
		assertThat(this.atlassian.tokenRequests()).as("refreshes without a store").isEqualTo(asked);
	}

	/** The route, the token endpoint, and both again after the next end of the token. */
	private void assertGoesOn() {
		assertServed(this::call);
		renew();
		this.atlassian.clock().advance(Duration.ofMinutes(56));
		assertServed(this::call);
		renew();
		assertServed(this::call);
		assertThat(this.atlassian.authorizations()).isEqualTo(1);
	}

	private HttpResponse<String> call() {
		return this.client.initialize(this.tokens.accessToken());
	}

	private void renew() {
		this.tokens = TestClient.tokens(assertServed(() -> this.client.refresh(this.tokens.refreshToken())));
	}

	/**
	 * Until the connection is back, 503 is a fair answer; one that costs a login never
	 * is.
	 */
	private static HttpResponse<String> assertServed(Supplier<HttpResponse<String>> request) {
		return await().atMost(PATIENCE).until(() -> {
			HttpResponse<String> answer = request.get();
			assertThat(answer.statusCode()).as(answer.body()).isIn(List.of(200, 503));
			return answer;
		}, (answer) -> answer.statusCode() == 200);
	}

}
