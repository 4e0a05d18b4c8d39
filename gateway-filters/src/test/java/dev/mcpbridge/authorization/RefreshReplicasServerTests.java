package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two gateways with one Redis answer one refresh token in one way.
 */
class RefreshReplicasServerTests {

	final AtlassianSimulator atlassian = AtlassianSimulator.start();

	final LocalRedis redis = LocalRedis.start();

	TestGateway one;

	TestGateway other;

	@BeforeEach
	void start(@TempDir Path directory) {
		Path keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		this.one = replica(keys).start();
		this.other = replica(keys).property("mcp.bridge.public-url", this.one.url().toString()).start();
	}

	@AfterEach
	void stop() {
		this.one.close();
		this.other.close();
		this.redis.close();
		this.atlassian.close();
	}

	@Test
	void whoeverIsAskedTheTokensAreTheSame() {
		TestClient client = TestClient.register(this.one.url());
		Tokens tokens = client.signIn();
		for (int round = 0; round < 5; round++) {
			List<Tokens> answers = answersOfBoth(client, tokens);
			assertThat(distinct(answers)).hasSize(1);
			assertThat(answers.get(0).refreshToken()).isNotEqualTo(tokens.refreshToken());
			assertThat(distinct(answersOfBoth(client, tokens))).as("replays").isEqualTo(distinct(answers));
			tokens = answers.get(0);
		}
	}

	@Test
	void aBridgeTokenMadeForAReplayIsRepeatedByTheOtherToo() {
		TestClient client = TestClient.register(this.one.url());
		Tokens first = client.signIn();
		Tokens second = TestClient.tokens(client.refresh(first.refreshToken()));
		this.atlassian.clock().advance(Duration.ofSeconds(second.expiresIn() - 30));
		List<Tokens> answers = answersOfBoth(client, first);
		assertThat(distinct(answers)).hasSize(1);
		assertThat(answers.get(0).refreshToken()).isEqualTo(second.refreshToken());
		assertThat(answers.get(0).accessToken()).isNotEqualTo(second.accessToken());
		assertThat(client.initialize(answers.get(0).accessToken()).statusCode()).isEqualTo(200);
	}

	private List<Tokens> answersOfBoth(TestClient client, Tokens tokens) {
		AtomicInteger turn = new AtomicInteger();
		return FrontDesk.answersOf(10, () -> {
			TestGateway gateway = (turn.getAndIncrement() % 2 == 0) ? this.one : this.other;
			return refresh(client, gateway.url("/access-token"), tokens);
		}).stream().map(TestClient::tokens).toList();
	}

	private static HttpResponse<String> refresh(TestClient client, URI endpoint, Tokens tokens) {
		return client.browser()
			.post(endpoint, Map.of("grant_type", "refresh_token", "client_id", client.clientId(), "refresh_token",
					tokens.refreshToken()));
	}

	private static Set<String> distinct(List<Tokens> answers) {
		return answers.stream()
			.map((tokens) -> tokens.accessToken() + " " + tokens.refreshToken())
			.collect(Collectors.toSet());
	}

	private TestGateway.Builder replica(Path keys) {
		return TestGateway.inFrontOf(this.atlassian.url())
			.clock(this.atlassian.clock())
			.property("mcp.bridge.store", "redis")
			.property("spring.data.redis.port", Integer.toString(this.redis.port()))
			.property("mcp.bridge.keys", keys.toString());
	}

}
