package dev.mcpbridge.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.Crowd;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What replicas ask of their Redis: nothing for a request whose tokens are fresh, and for
 * a refresh the same however many people have logged in. Time stands still but where a
 * test moves it.
 */
class GrowthServerTests {

	static final int REQUESTS = 100;

	static final int GRANTS = 2000;

	/** Longer than an upstream token lives. */
	static final Duration AN_HOUR = Duration.ofHours(1);

	/** A lease, a note that it begins, the tokens, and the lease back. */
	static final long SCRIPTS_OF_A_REFRESH = 4;

	static final SettableClock clock = SettableClock.standingAt(Instant.now());

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder().clock(clock).start();

	static final LocalRedis redis = LocalRedis.start();

	static final Crowd crowd = new Crowd();

	static final TestGateway gateway = replica().start();

	static Caller caller;

	@BeforeAll
	static void signIn() {
		TestClient client = TestClient.register(gateway.url());
		caller = Caller.of(client, client.signIn());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		crowd.close();
		redis.close();
		atlassian.close();
	}

	@Test
	void aRequestWithFreshTokensAsksRedisNothing() {
		crowd.ping(1, caller);
		RedisCommands before = RedisCommands.of(redis.redis());
		assertThat(crowd.ping(REQUESTS, caller)).containsOnly(200);
		assertThat(RedisCommands.of(redis.redis()).since(before)).isEmpty();
	}

	@Test
	void whatARefreshAsksOfRedisDoesNotGrowWithTheGrantsThere() {
		refreshed();
		Map<String, Long> few = refreshed();
		logIn(GRANTS);
		assertThat(refreshed()).isEqualTo(few).containsEntry("evalsha", SCRIPTS_OF_A_REFRESH);
	}

	@Test
	void anotherReplicaAsksForAGrantOnce() {
		try (TestGateway other = replica().property("mcp.bridge.public-url", gateway.url().toString()).start()) {
			RedisCommands before = RedisCommands.of(redis.redis());
			assertThat(crowd.ping(1, caller.at(other.url()))).containsOnly(200);
			assertThat(RedisCommands.of(redis.redis()).since(before)).isEqualTo(Map.of("get", 1L));
		}
	}

	/**
	 * What is asked while a token is renewed: the answer comes when all of it is done.
	 */
	private static Map<String, Long> refreshed() {
		crowd.ping(1, caller);
		int refreshes = atlassian.refreshes();
		RedisCommands before = RedisCommands.of(redis.redis());
		clock.advance(AN_HOUR);
		assertThat(crowd.ping(1, caller)).containsOnly(200);
		assertThat(atlassian.refreshes()).isEqualTo(refreshes + 1);
		return RedisCommands.of(redis.redis()).since(before);
	}

	private static void logIn(int people) {
		Grants grants = gateway.bean(Grants.class);
		URI upstream = atlassian.url();
		Flux.range(0, people)
			.map((number) -> Estate.grant(number, upstream, clock.instant(), AN_HOUR))
			.flatMap(grants::create)
			.blockLast(Duration.ofMinutes(1));
	}

	private static TestGateway.Builder replica() {
		return TestGateway.inFrontOf(atlassian.url())
			.clock(clock)
			.property("mcp.bridge.store", "redis")
			.property("spring.data.redis.port", Integer.toString(redis.port()))
			.property("mcp.bridge.token.lifetime", "PT240H");
	}

}
