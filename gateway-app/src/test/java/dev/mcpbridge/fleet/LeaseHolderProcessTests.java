package dev.mcpbridge.fleet;

import java.time.Duration;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.Crowd;
import dev.mcpbridge.testing.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica that dies while it renews a grant, at each step of it: the next request at
 * another one succeeds, and the grant goes on.
 */
class LeaseHolderProcessTests {

	static final Duration STALE = Duration.ofMinutes(56);

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final LocalRedis redis = LocalRedis.start();

	static final Crowd crowd = new Crowd();

	/**
	 * With a short lease, since its end is waited for. Nobody refreshes in the
	 * background, or the one that is to live might begin.
	 */
	static final Fleet fleet = Fleet.ofReplicas(atlassian, redis)
		.property("mcp.bridge.upstream.answer-timeout", "2s")
		.property("resilience4j.timelimiter.instances.mcp-upstream.timeout-duration", "3s")
		.property("mcp.bridge.refresh.background-rate", 0);

	@BeforeAll
	static void start() {
		fleet.startAtPublicUrl();
	}

	@AfterAll
	static void stop() {
		fleet.close();
		crowd.close();
		redis.close();
		atlassian.close();
	}

	static Stream<Moment> moments() {
		return Stream.of(Moment.after("replace", "refresh:"), Moment.before("replace", "grant:"),
				Moment.before("take", "refresh:"), Moment.before("release", "grant:"));
	}

	/**
	 * @param moment before the token is redeemed; redeemed, and not stored; stored, and
	 * the journal and then the lease not given back
	 */
	@ParameterizedTest
	@MethodSource("moments")
	void theNextRequestAtAnotherSucceeds(Moment moment) {
		TestClient client = TestClient.register(fleet.publicUrl());
		Caller caller = Caller.of(client, client.signIn());
		int authorizations = atlassian.authorizations();
		GatewayProcess holder = fleet.startBeside(1).get(0);
		holder.dieAt(moment);
		fleet.advance(STALE);
		crowd.ping(1, caller.at(holder.url()));
		holder.awaitDeath();
		assertThat(crowd.ping(1, caller)).as("the next request").containsExactly(200);
		for (int expiry = 1; expiry <= 2; expiry++) {
			int refreshes = atlassian.refreshes();
			fleet.advance(STALE);
			assertThat(crowd.ping(20, caller)).as("expiry %d after it", expiry).hasSize(20).containsOnly(200);
			assertThat(atlassian.refreshes()).isEqualTo(refreshes + 1);
		}
		assertThat(atlassian.authorizations()).isEqualTo(authorizations);
	}

}
