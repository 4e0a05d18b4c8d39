package dev.mcpbridge.relay.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayContract;
import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.RelayOutageException;
import dev.mcpbridge.relay.RelayOverrunException;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.LocalRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The relay in Redis does what every relay does, on a real server and between two
 * replicas.
 */
class RedisRelayServerTests extends RelayContract {

	private static final String PREFIX = "test-" + UUID.randomUUID();

	private static final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private static final LocalRedis server = LocalRedis.start();

	private static final ReactiveStringRedisTemplate redis = server.redis();

	private final Relay other = relay(redis, () -> ring, LIMITS);

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	protected Relay relay(RelayLimits limits) {
		return relay(redis, () -> ring, limits);
	}

	@Override
	protected Relay other() {
		return this.other;
	}

	@Override
	protected void elapse(Duration time) {
		server.elapse(PREFIX, time);
	}

	@Test
	void nobodyReadsItInRedis() {
		open();
		get(this.other.append(this.channel, "topic-of-it", "content-of-it"));
		String stored = "%s %s".formatted(redis.opsForHash().entries(key()).collectList().block(PATIENCE),
				redis.opsForStream().range(key() + ":entries", Range.unbounded()).collectList().block(PATIENCE));
		assertThat(stored).contains("note=", "value=").doesNotContain("topic-of-it", "content-of-it", "=note");
	}

	@Test
	void aTextMovedToAnotherChannelOpensNot() {
		open();
		append("one");
		get(this.other.open(this.channel + "2", "other"));
		redis.opsForHash()
			.get(key(), "note")
			.flatMap((note) -> redis.opsForHash().put("%s:{%s2}:relay".formatted(PREFIX, this.channel), "note", note))
			.block(PATIENCE);
		assertThat(get(this.other.note(this.channel + "2"))).isNull();
		assertThat(get(this.other.note(this.channel))).isEqualTo("note");
		redis.rename(key() + ":entries", "%s:{%s2}:relay:entries".formatted(PREFIX, this.channel)).block(PATIENCE);
		redis.opsForHash()
			.put("%s:{%s2}:relay".formatted(PREFIX, this.channel), "last", "99999999999999-0")
			.block(PATIENCE);
		assertThatThrownBy(() -> contents(this.other.follow(this.channel + "2", null)))
			.isInstanceOf(RelayOverrunException.class);
	}

	@Test
	void aReplicaWithoutTheKeyIsToldSoAndAnotherReadsOn() {
		open();
		append("one");
		KeyRing older = Keys.ring(Keys.rsa("older"));
		Relay late = relay(redis, () -> older, LIMITS);
		assertThatThrownBy(() -> get(late.note(this.channel))).isInstanceOf(RelayOutageException.class)
			.hasStackTraceContaining("a key that is not on the ring");
		assertThatThrownBy(() -> contents(late.follow(this.channel, null))).isInstanceOf(RelayOutageException.class);
		get(this.other.close(this.channel));
		assertThat(contents(this.other.follow(this.channel, null))).containsExactly("one");
	}

	@Test
	void bothKeysEndByThemselvesAfterTwoLifetimes() {
		open();
		append("one");
		List<String> keys = redis.keys(PREFIX + ":{" + this.channel + "}:*").collectList().block(PATIENCE);
		assertThat(keys).hasSize(2)
			.allSatisfy((name) -> assertThat(redis.getExpire(name).block(PATIENCE))
				.isBetween(LIFETIME.plus(LIFETIME.dividedBy(2)), LIFETIME.multipliedBy(2)));
		elapse(LIFETIME.multipliedBy(2));
		assertThat(redis.keys(PREFIX + ":{" + this.channel + "}:*").collectList().block(PATIENCE)).isEmpty();
	}

	/** Pretends that what there is was left long ago. */
	@Test
	void whatIsTooOldIsDroppedAndItsReadersAreTold() {
		open();
		Map<String, String> old = new LinkedHashMap<>();
		old.put("value", "old");
		old.put("bytes", "7");
		redis.opsForStream()
			.add(StreamRecords.string(old).withStreamKey(key() + ":entries").withId(RecordId.of(7, 0)))
			.then(redis.opsForHash().putAll(key(), Map.of("oldest", "7-0", "last", "7-0", "bytes", "7")))
			.block(PATIENCE);
		String two = append("two").get(0);
		get(this.other.close(this.channel));
		assertThat(contents(this.other.follow(this.channel, null))).containsExactly("two");
		assertThat(contents(this.other.follow(this.channel, "7-0"))).containsExactly("two");
		assertThat(contents(this.other.follow(this.channel, two))).isEmpty();
		assertThatThrownBy(() -> contents(this.other.follow(this.channel, "6-0")))
			.isInstanceOf(RelayOverrunException.class);
		assertThat(redis.opsForHash().get(key(), "bytes").block(PATIENCE)).isEqualTo("3");
	}

	@Test
	void readersAreWokenAndNeedNotLook() {
		Relay woken = new RedisRelay(redis, PREFIX, () -> ring, LIMITS, Duration.ofSeconds(10),
				CircuitBreaker.ofDefaults("relay"), Duration.ofDays(1));
		open();
		StepVerifier.create(woken.follow(this.channel, null).map(RelayEntry::content))
			.then(() -> append("one"))
			.expectNext("one")
			.then(() -> append("two"))
			.expectNext("two")
			.then(() -> get(this.other.close(this.channel)))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aMessageOfFourMegabytesIsRelayed() {
		Relay large = relay(redis, () -> ring,
				new RelayLimits(DataSize.ofMegabytes(4), LIMITS.history(), LIMITS.lifetime()));
		String message = "\u20ac".repeat(4 * 1024 * 1024 / 3);
		get(large.open(this.channel, "note"));
		StepVerifier.create(large.follow(this.channel, null).map(RelayEntry::content))
			.then(() -> get(large.append(this.channel, "", message)))
			.expectNext(message)
			.then(() -> get(large.append(this.channel, "", "next")))
			.expectNext("next")
			.then(() -> get(large.close(this.channel)))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(contents(large.follow(this.channel, null))).containsExactly("next");
	}

	static Relay relay(ReactiveStringRedisTemplate redis, Supplier<KeyRing> keys, RelayLimits limits) {
		return new RedisRelay(redis, PREFIX, keys, limits, Duration.ofSeconds(10), CircuitBreaker.ofDefaults("relay"));
	}

	private String key() {
		return "%s:{%s}:relay".formatted(PREFIX, this.channel);
	}

}
