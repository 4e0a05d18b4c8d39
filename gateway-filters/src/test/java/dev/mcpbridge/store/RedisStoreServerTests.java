package dev.mcpbridge.store;

import java.time.Duration;
import java.util.UUID;

import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.redis.RedisStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
		return new RedisStore(server.redis(), PREFIX, (kind) -> {
		});
	}

	@Override
	void elapse(Duration time) {
		server.elapse(PREFIX, time);
	}

	@Test
	void everythingOfOneOwnerHasOneHashTag() {
		BridgeStore store = store(this.clock);
		store.put("grant:abc", "one", PATIENCE).block(PATIENCE);
		store.lease("grant:abc", PATIENCE).block(PATIENCE);
		assertThat(server.redis().keys(PREFIX + ":{abc}:*").collectList().block(PATIENCE)).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "written by somebody else", "-1 value", "1234567890123456789 value" })
	void whatIsNotOursIsNotFoundAndIsWrittenOver(String text) {
		server.redis().opsForValue().set(PREFIX + ":{x}:grant", text).block(PATIENCE);
		assertIsWrittenOver("grant:x");
	}

	@Test
	void whatIsNotEvenATextIsNotFoundAndIsWrittenOver() {
		server.redis().opsForList().rightPush(PREFIX + ":{x}:grant", "1 value").block(PATIENCE);
		assertIsWrittenOver("grant:x");
		server.redis().opsForHash().put(PREFIX + ":{y}:grant", "1", "value").block(PATIENCE);
		store(this.clock).put("grant:y", "ours", PATIENCE).block(PATIENCE);
		assertThat(store(this.clock).find("grant:y").block(PATIENCE)).isEqualTo(new StoredValue("ours", 1));
	}

	@Test
	void aLeaseThatIsNoneOfOursIsTaken() {
		server.redis().opsForList().rightPush(PREFIX + ":{l}:grant:lease", "1").block(PATIENCE);
		server.redis().opsForValue().set(PREFIX + ":{l}:grant:fence", "many").block(PATIENCE);
		BridgeStore store = store(this.clock);
		Lease lease = store.lease("grant:l", PATIENCE).block(PATIENCE);
		assertThat(lease).isEqualTo(new Lease("grant:l", 1));
		assertThat(store.lease("grant:l", PATIENCE).blockOptional(PATIENCE)).isEmpty();
		store.release(new Lease("grant:l", 1)).block(PATIENCE);
		assertThat(store.lease("grant:l", PATIENCE).block(PATIENCE)).isEqualTo(new Lease("grant:l", 2));
		assertThat(server.redis().getExpire(PREFIX + ":{l}:grant:fence").block(PATIENCE)).isPositive();
	}

	private void assertIsWrittenOver(String key) {
		BridgeStore store = store(this.clock);
		assertThat(store.find(key).blockOptional(PATIENCE)).isEmpty();
		assertThat(store.take(key).blockOptional(PATIENCE)).isEmpty();
		assertThat(store.replace(key, 1, "too early", PATIENCE).block(PATIENCE)).isFalse();
		assertThat(store.replace(key, 0, "ours", PATIENCE).block(PATIENCE)).isTrue();
		assertThat(store.take(key).block(PATIENCE)).isEqualTo(new StoredValue("ours", 1));
	}

}
