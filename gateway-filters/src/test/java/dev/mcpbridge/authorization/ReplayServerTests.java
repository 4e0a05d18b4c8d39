package dev.mcpbridge.authorization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refresh token that is used again: within two hours the same answer, at whichever
 * replica; afterwards somebody else may have it, and the login ends.
 */
class ReplayServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final LocalRedis redis = LocalRedis.start();

	static final Path keys = newKeys();

	static final TestGateway one = replica().start();

	static final TestGateway other = replica().property("mcp.bridge.public-url", one.url().toString()).start();

	final TestClient client = TestClient.register(one.url());

	final TestClient there = this.client.at(other.url());

	final TestClient.Tokens tokens = this.client.signIn();

	@AfterAll
	static void stop() {
		one.close();
		other.close();
		redis.close();
		atlassian.close();
	}

	@Test
	void fiveReplaysAtOnceGetTheSameAnswer() {
		TestClient.Tokens first = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		assertThat(replays(5)).hasSize(5).allSatisfy((replayed) -> assertSame(replayed, first));
	}

	@Test
	void soDoesOneAfterEightMinutes() {
		TestClient.Tokens first = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		assertThat(replays(5)).allSatisfy((replayed) -> assertSame(replayed, first));
		atlassian.clock().advance(Duration.ofMinutes(8));
		assertThat(replays(4)).allSatisfy((replayed) -> assertSame(replayed, first));
		assertThat(this.client.initialize(first.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.there.initialize(first.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.there.refresh(first.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void ofManyFirstUsesAtOnceNoneGetsAnotherAnswer() {
		List<TestClient.Tokens> answers = replays(12);
		assertThat(answers).hasSize(12).allSatisfy((answer) -> assertSame(answer, answers.get(0)));
		assertThat(this.client.initialize(answers.get(0).accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.client.refresh(answers.get(0).refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void afterTheGraceAReplayEndsTheLoginForBoth() {
		TestClient.Tokens second = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		atlassian.clock().advance(Duration.ofHours(2).plusMinutes(1));
		TestClient.Tokens newest = TestClient.tokens(this.client.refresh(second.refreshToken()));
		assertThat(this.client.initialize(newest.accessToken()).statusCode()).isEqualTo(200);
		assertError(this.there.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
		for (TestClient replica : List.of(this.client, this.there)) {
			assertError(replica.refresh(newest.refreshToken()), 400, "invalid_grant");
			assertError(replica.refresh(second.refreshToken()), 400, "invalid_grant");
			HttpResponse<String> refused = replica.initialize(newest.accessToken());
			assertThat(refused.statusCode()).isEqualTo(401);
			assertThat(refused.headers().firstValue("www-authenticate")).isPresent();
		}
		assertThat(this.client.initialize(this.client.signIn().accessToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void aReplayByAnotherClientEndsNothing() {
		TestClient stranger = TestClient.register(one.url());
		TestClient.Tokens second = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		atlassian.clock().advance(Duration.ofHours(3));
		assertError(stranger.refresh(this.tokens.refreshToken()), 400, "invalid_grant");
		assertThat(this.client.refresh(second.refreshToken()).statusCode()).isEqualTo(200);
	}

	/** Presents the first refresh token many times at once, at both replicas. */
	private List<TestClient.Tokens> replays(int times) {
		List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, times)
			.mapToObj((index) -> (index % 2 == 0) ? this.client : this.there)
			.map((replica) -> CompletableFuture.supplyAsync(() -> replica.refresh(this.tokens.refreshToken()),
					(work) -> new Thread(work, "replay").start()))
			.toList();
		return answers.stream().map((answer) -> TestClient.tokens(answer.join())).toList();
	}

	/** How long the access token still lives is all that may differ. */
	private static void assertSame(TestClient.Tokens replayed, TestClient.Tokens first) {
		assertThat(replayed.accessToken()).isEqualTo(first.accessToken());
		assertThat(replayed.refreshToken()).isEqualTo(first.refreshToken());
		assertThat(replayed.scope()).isEqualTo(first.scope());
		assertThat(replayed.expiresIn()).isLessThanOrEqualTo(first.expiresIn());
	}

	private static TestGateway.Builder replica() {
		return TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.property("mcp.bridge.store", "redis")
			.property("spring.data.redis.port", Integer.toString(redis.port()))
			.property("mcp.bridge.keys", keys.toString());
	}

	private static Path newKeys() {
		try {
			Path keys = Files.createTempDirectory("mcp-bridge").resolve("keys.json");
			KeyFile.openOrCreate(keys);
			return keys;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
