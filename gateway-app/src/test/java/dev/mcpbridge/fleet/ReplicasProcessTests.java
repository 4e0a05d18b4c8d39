package dev.mcpbridge.fleet;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.Crowd;
import dev.mcpbridge.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two and three gateways with one Redis renew a grant once, however many ask whichever of
 * them.
 */
class ReplicasProcessTests {

	static final int CALLERS = 500;

	/** How often two cross, and then three: more by {@code -Dmcp.test.expiries=50}. */
	static final int EXPIRIES = Integer.getInteger("mcp.test.expiries", 25);

	static final Duration AGEING = Duration.ofMinutes(52);

	static final Duration STALE = Duration.ofMinutes(56);

	final AtlassianSimulator atlassian = AtlassianSimulator.start();

	final LocalRedis redis = LocalRedis.start();

	final Crowd crowd = new Crowd();

	@AfterEach
	void stop() {
		this.crowd.close();
		this.redis.close();
		this.atlassian.close();
	}

	@Test
	void everyExpiryIsCrossedByOneRefresh() {
		try (Fleet fleet = Fleet.ofReplicas(this.atlassian, this.redis)) {
			URI one = fleet.startAtPublicUrl().url();
			List<URI> beside = fleet.startBeside(2).stream().map(GatewayProcess::url).toList();
			TestClient client = TestClient.register(fleet.publicUrl());
			Caller caller = Caller.of(client, client.signIn());
			cross(fleet, spread(caller, List.of(one, beside.get(0))));
			cross(fleet, spread(caller, List.of(one, beside.get(0), beside.get(1))));
			assertThat(this.atlassian.authorizations()).isEqualTo(1);
		}
	}

	/** In turn while the token still serves, and after its end. */
	private void cross(Fleet fleet, List<Caller> callers) {
		for (int expiry = 1; expiry <= EXPIRIES; expiry++) {
			int expected = this.atlassian.refreshes() + 1;
			fleet.advance((expiry % 2 == 0) ? STALE : AGEING);
			assertThat(this.crowd.ping(callers)).as("expiry " + expiry).hasSize(CALLERS).containsOnly(200);
			await().pollDelay(Duration.ZERO).until(() -> generation() == expected + 1);
			assertThat(this.atlassian.refreshes()).as("expiry " + expiry).isEqualTo(expected);
		}
	}

	/** How often the only grant was written, as it is stored. */
	private long generation() {
		String stored = this.redis.redis()
			.keys("mcp-bridge:*:grant")
			.single()
			.flatMap((key) -> this.redis.redis().opsForValue().get(key))
			.blockOptional()
			.orElseThrow();
		return Long.parseLong(stored.substring(0, stored.indexOf(' ')));
	}

	private static List<Caller> spread(Caller caller, List<URI> gateways) {
		return IntStream.range(0, CALLERS)
			.mapToObj((index) -> caller.at(gateways.get(index % gateways.size())))
			.toList();
	}

}
