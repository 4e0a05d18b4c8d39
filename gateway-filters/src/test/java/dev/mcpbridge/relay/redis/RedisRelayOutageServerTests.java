package dev.mcpbridge.relay.redis;

import java.time.Duration;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.RelayOutageException;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.store.BreakableRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What readers of a channel see while Redis is away, and when it is back.
 */
class RedisRelayOutageServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration ANSWER = Duration.ofSeconds(1);

	private static final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private final BreakableRedis server = BreakableRedis.start();

	private final LettuceConnectionFactory connections = new LettuceConnectionFactory("localhost", this.server.port());

	RedisRelayOutageServerTests() {
		this.connections.afterPropertiesSet();
		this.connections.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.connections.destroy();
	}

	@Test
	void aReaderGoesOnWhereItWasWhenRedisIsBack() {
		Relay relay = relay(Duration.ofMinutes(5));
		relay.open("a", "note").block(PATIENCE);
		relay.append("a", "", "one").block(PATIENCE);
		StepVerifier.create(relay.follow("a", null).map(RelayEntry::content))
			.expectNext("one")
			.then(this.server::save)
			.then(this.server::stop)
			.then(() -> assertThatThrownBy(() -> relay.append("a", "", "lost").block(PATIENCE))
				.isInstanceOf(RelayOutageException.class))
			.then(this.server::startAsSaved)
			.then(() -> untilAnswered(relay.append("a", "", "two").flux()))
			.thenConsumeWhile("lost"::equals)
			.expectNext("two")
			.then(() -> untilAnswered(relay.close("a").thenReturn("closed").flux()))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void nobodyHangsOnAFrozenRedis() {
		Relay relay = relay(Duration.ofMinutes(5));
		relay.open("a", "note").block(PATIENCE);
		relay.append("a", "", "one").block(PATIENCE);
		StepVerifier.create(relay.follow("a", null).map(RelayEntry::content))
			.expectNext("one")
			.then(this.server::freeze)
			.then(() -> assertThatThrownBy(() -> relay.note("a").block(PATIENCE))
				.isInstanceOf(RelayOutageException.class))
			.then(() -> assertThatThrownBy(() -> relay.keep("a").block(PATIENCE))
				.isInstanceOf(RelayOutageException.class))
			.then(() -> assertThatThrownBy(() -> relay.follow("a", null).blockLast(PATIENCE))
				.isInstanceOf(RelayOutageException.class))
			.then(this.server::thaw)
			.then(() -> untilAnswered(relay.append("a", "", "two").flux()))
			.expectNext("two")
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void aReaderEndsWhenRedisIsBackEmpty() {
		Relay relay = relay(Duration.ofMinutes(5));
		relay.open("a", "note").block(PATIENCE);
		relay.append("a", "", "one").block(PATIENCE);
		StepVerifier.create(relay.follow("a", null).map(RelayEntry::content))
			.expectNext("one")
			.then(this.server::stop)
			.then(this.server::startEmpty)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(untilAnswered(relay.keep("a").flux())).isFalse();
	}

	/**
	 * The channel itself is kept for longer, so that it does not lapse before the outage.
	 */
	@Test
	void anOutageLongerThanALifetimeEndsReaders() {
		Relay relay = relay(Duration.ofSeconds(3));
		relay.open("a", "note").block(PATIENCE);
		relay.append("a", "", "one").block(PATIENCE);
		redis().expire("mcp-bridge:{a}:relay", Duration.ofHours(1)).block(PATIENCE);
		StepVerifier.create(relay.follow("a", null).map(RelayEntry::content))
			.expectNext("one")
			.then(this.server::stop)
			.expectError(RelayOutageException.class)
			.verify(PATIENCE);
		this.server.startEmpty();
	}

	private static <T> @Nullable T untilAnswered(Flux<T> asking) {
		return asking.retry(30).blockFirst(PATIENCE);
	}

	private Relay relay(Duration lifetime) {
		RelayLimits limits = new RelayLimits(DataSize.ofMegabytes(1), Duration.ofMinutes(5), lifetime);
		return new RedisRelay(redis(), "mcp-bridge", () -> ring, limits, ANSWER, CircuitBreaker.ofDefaults("relay"));
	}

	private ReactiveStringRedisTemplate redis() {
		return new ReactiveStringRedisTemplate(this.connections);
	}

}
