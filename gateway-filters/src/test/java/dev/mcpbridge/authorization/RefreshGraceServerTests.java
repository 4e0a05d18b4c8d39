package dev.mcpbridge.authorization;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients replay refresh tokens, at once and minutes later: they get the same answer
 * again. Hours later it is a thief, or as good as one.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefreshGraceServerTests {

	static final Duration GRACE = Duration.ofHours(2);

	static final HeardTokens heard = new HeardTokens();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.bean(HeardTokens.class, heard)
		.start();

	final TestClient client = TestClient.register(gateway.url());

	final Tokens first = this.client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void listen() {
		heard.take();
	}

	@Test
	void fiveReplaysAtOnceAndOneAfterEightMinutesGetTheSameAnswer() {
		Tokens second = refresh(this.first);
		assertThat(answersTo(5, this.first)).allMatch((tokens) -> isSame(tokens, second));
		atlassian.clock().advance(Duration.ofMinutes(8));
		Tokens later = refresh(this.first);
		assertThat(isSame(later, second)).isTrue();
		assertThat(later.expiresIn()).isBetween(second.expiresIn() - 490, second.expiresIn() - 480);
		assertThat(this.client.initialize(later.accessToken()).statusCode()).isEqualTo(200);
		assertThat(heard.take().stream().filter("grace"::equals)).hasSize(6);
	}

	@Test
	void manyWhoPresentTheNewestAtOnceGetOneSuccessor() {
		List<Tokens> answers = answersTo(12, this.first);
		Set<String> refreshTokens = answers.stream().map(Tokens::refreshToken).collect(Collectors.toSet());
		Set<String> accessTokens = answers.stream().map(Tokens::accessToken).collect(Collectors.toSet());
		assertThat(refreshTokens).hasSize(1).doesNotContain(this.first.refreshToken());
		assertThat(accessTokens).hasSize(1);
	}

	@Test
	void aTokenReplacedTwiceGetsTheNewestAnswer() {
		Tokens third = refresh(refresh(this.first));
		assertThat(isSame(refresh(this.first), third)).isTrue();
		assertThat(refresh(third).refreshToken()).isNotEqualTo(third.refreshToken());
	}

	@Test
	void aBridgeTokenThatIsNearlyOverIsReplacedOnceAndRepeatedToo() {
		Tokens second = refresh(this.first);
		atlassian.clock().advance(Duration.ofSeconds(second.expiresIn() - 50));
		int before = atlassian.refreshes();
		Tokens later = refresh(this.first);
		assertThat(later.refreshToken()).isEqualTo(second.refreshToken());
		assertThat(later.accessToken()).isNotEqualTo(second.accessToken());
		assertThat(later.expiresIn()).isGreaterThan(3000);
		assertThat(this.client.initialize(later.accessToken()).statusCode()).isEqualTo(200);
		assertThat(answersTo(5, this.first)).allMatch((tokens) -> isSame(tokens, later));
		assertThat(atlassian.refreshes()).isEqualTo(before + 1);
	}

	@Test
	void aReplayDoesNotRotateUpstreamTokensThatServe() {
		refresh(this.first);
		int before = atlassian.tokenRequests();
		answersTo(5, this.first);
		assertThat(atlassian.tokenRequests()).isEqualTo(before);
	}

	@Test
	void afterTheGraceBothHoldersLoseTheGrantAndNobodyElse(CapturedOutput output) {
		TestClient neighbour = TestClient.register(gateway.url());
		Tokens neighbours = neighbour.signIn();
		Tokens second = refresh(this.first);
		atlassian.clock().advance(GRACE.plusSeconds(1));
		Tokens third = refresh(second);
		assertThat(this.client.initialize(third.accessToken()).statusCode()).isEqualTo(200);
		heard.take();
		assertError(this.client.refresh(this.first.refreshToken()), 400, "invalid_grant");
		assertThat(heard.take()).contains("family revoked", "refused invalid_grant replayed", "login replayed");
		assertError(this.client.refresh(third.refreshToken()), 400, "invalid_grant");
		assertThat(heard.take()).containsExactly("refused invalid_grant ended", "login ended");
		assertThat(this.client.initialize(third.accessToken()).statusCode()).isEqualTo(401);
		assertThat(neighbour.refresh(neighbours.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(output).contains("grant ended reason=refresh_token_replayed")
			.contains("token refused error=invalid_grant reason=replayed")
			.doesNotContain(FrontDesk.grantIdOf(this.first.accessToken()));
	}

	@Test
	void theGraceOfATokenIsNotProlongedByItsReplays() {
		refresh(this.first);
		atlassian.clock().advance(GRACE.minusMinutes(1));
		refresh(this.first);
		atlassian.clock().advance(Duration.ofMinutes(2));
		assertError(this.client.refresh(this.first.refreshToken()), 400, "invalid_grant");
	}

	@Test
	void whoRefreshesTooOftenForMemoryIsRefusedTheOldestAndKeepsTheRest() {
		Tokens newest = refresh(this.first);
		for (int count = 0; count < TokenFamily.MAX_REMEMBERED; count++) {
			newest = refresh(newest);
		}
		assertError(this.client.refresh(this.first.refreshToken()), 400, "invalid_grant");
		assertThat(heard.take()).contains("refused invalid_grant unknown")
			.doesNotContain("family revoked", "login unknown");
		assertThat(this.client.refresh(newest.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void withoutGraceAReplayEndsTheGrantAtOnce() {
		try (TestGateway strict = TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.property("mcp.bridge.token.refresh-grace", "0")
			.start()) {
			TestClient client = TestClient.register(strict.url());
			Tokens before = client.signIn();
			Tokens after = TestClient.tokens(client.refresh(before.refreshToken()));
			atlassian.clock().advance(Duration.ofMillis(5));
			assertError(client.refresh(before.refreshToken()), 400, "invalid_grant");
			assertThat(client.initialize(after.accessToken()).statusCode()).isEqualTo(401);
		}
	}

	private Tokens refresh(Tokens tokens) {
		return TestClient.tokens(this.client.refresh(tokens.refreshToken()));
	}

	private List<Tokens> answersTo(int times, Tokens tokens) {
		List<HttpResponse<String>> answers = FrontDesk.answersOf(times,
				() -> this.client.refresh(tokens.refreshToken()));
		return answers.stream().map(TestClient::tokens).toList();
	}

	private static boolean isSame(Tokens one, Tokens other) {
		return one.accessToken().equals(other.accessToken()) && one.refreshToken().equals(other.refreshToken());
	}

}
