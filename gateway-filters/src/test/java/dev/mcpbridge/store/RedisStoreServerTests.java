package dev.mcpbridge.store;

import java.time.Duration;
import java.util.UUID;

import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.redis.RedisStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store in Redis does what every store does, on a real server.
 */
class RedisStoreServerTests extends BridgeStoreContract {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String PREFIX = "test-" + UUID.randomUUID();

	private static final LocalRedis server = LocalRedis.start();

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	BridgeStore store(SettableClock clock) {
		return new RedisStore(server.redis(), PREFIX);
	}

	/** Takes the time from what each key has left. */
	@Override
	void elapse(Duration time) {
		server.redis()
			.keys(PREFIX + "*")
			.flatMap((key) -> server.redis()
				.getExpire(key)
				.flatMap((left) -> left.compareTo(time) > 0 ? server.redis().expire(key, left.minus(time)).then()
						: server.redis().delete(key).then()))
			.then()
			.block(PATIENCE);
	}

	@Test
	void everythingOfOneOwnerHasOneHashTag() {
		BridgeStore store = store(this.clock);
		store.put("grant:abc", "one", PATIENCE).block(PATIENCE);
		store.lease("grant:abc", PATIENCE).block(PATIENCE);
		assertThat(server.redis().keys(PREFIX + ":{abc}:*").collectList().block(PATIENCE)).hasSize(3);
	}

	@Test
	void whatIsNotOursIsNotFound() {
		server.redis().opsForValue().set(PREFIX + ":{x}:grant", "written by somebody else").block(PATIENCE);
		assertThat(store(this.clock).find("grant:x").blockOptional(PATIENCE)).isEmpty();
	}

}
