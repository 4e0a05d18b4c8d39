package dev.mcpbridge.relay.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.RelayRun;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.LocalRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import org.springframework.util.unit.DataSize;

/**
 * However leaving, following and asking alternate, each reader of a channel in Redis gets
 * what was left after its place, in order, and never more than it asked for.
 */
class RedisRelayProperties {

	private static final RelayLimits LIMITS = new RelayLimits(DataSize.ofMegabytes(4), Duration.ofMinutes(5),
			Duration.ofSeconds(60));

	private static final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private static final LocalRedis server = LocalRedis.start();

	private static final RedisRelay relay = new RedisRelay(server.redis(), "mcp-bridge", () -> ring, LIMITS,
			Duration.ofSeconds(10), CircuitBreaker.ofDefaults("relay"));

	@AfterContainer
	static void stop() {
		server.close();
	}

	@Property(tries = 50)
	void eachReaderGetsWhatWasLeftAfterItsPlaceInOrder(@ForAll("steps") List<RelayRun.Step> steps) {
		RelayRun run = new RelayRun(relay, UUID.randomUUID().toString());
		steps.forEach(run::take);
		run.end();
	}

	@Provide
	Arbitrary<List<RelayRun.Step>> steps() {
		return RelayRun.steps(60);
	}

}
