package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway that is stopped lets go of its connections when it needs them no more.
 */
class ShutdownServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void whatTheUpstreamRotatesIsStoredBeforeTheConnectionToTheStoreEnds() {
		Sinks.Empty<Void> release = Sinks.empty();
		try (LocalRedis redis = LocalRedis.start(); AtlassianSimulator atlassian = AtlassianSimulator.start()) {
			TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
				.clock(atlassian.clock())
				.property("mcp.bridge.store", "redis")
				.property("spring.data.redis.port", Integer.toString(redis.port()))
				.start();
			TestClient client = TestClient.register(gateway.url());
			TestClient.Tokens tokens = client.signIn();
			atlassian.faults().next(1, Endpoint.TOKEN, Fault.hold(release.asMono()));
			atlassian.clock().advance(Duration.ofMinutes(52));
			assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			await().until(() -> atlassian.refreshes() == 1);
			RefreshesAtTheEnd end = gateway.bean(RefreshesAtTheEnd.class);
			CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
			await().until(() -> !end.isRunning());
			assertThat(gateway.bean(BackgroundRefreshTask.class).isRunning()).as("begins more refreshes").isFalse();
			release.tryEmitEmpty();
			assertThat(closed).succeedsWithin(PATIENCE);
			assertThat(grants(redis)).singleElement().asString().startsWith("2 ");
		}
	}

	private static List<String> grants(LocalRedis redis) {
		return redis.redis()
			.keys("mcp-bridge:*:grant")
			.flatMap((key) -> redis.redis().opsForValue().get(key))
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

}
