package dev.mcpbridge.relay.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayBatch;
import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.RelayOutageException;
import dev.mcpbridge.relay.RelayOverrunException;
import dev.mcpbridge.relay.RelayPosition;
import dev.mcpbridge.relay.RelayReaders;
import dev.mcpbridge.secret.KeyRing;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * A relay that replicas share.
 * <p>
 * Notes and messages are sealed. A channel that nobody keeps lapses in Redis by itself,
 * whoever is there to see it. While Redis does not answer, a reader that had begun waits
 * for it, up to a lifetime, and goes on where it was.
 */
public final class RedisRelay implements Relay {

	/** A reader finds within this time what it was not woken for. */
	private static final Duration PAUSE = Duration.ofSeconds(5);

	/** A reader that is not asked holds no more than this, or one entry. */
	private static final int BATCH_ENTRIES = 16;

	private static final int BATCH_BYTES = 64 * 1024;

	private static final Retry AGAIN = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
		.maxBackoff(Duration.ofSeconds(2))
		.filter(RelayOutageException.class::isInstance);

	private final RelayReaders readers;

	private final Channels channels;

	private final SealedEntries sealed;

	private final WakeUps wakeUps;

	private final RelayLimits limits;

	/**
	 * Makes the relay.
	 * @param redis the connection
	 * @param prefix what every key begins with, so that a Redis can serve others too
	 * @param keys the current key ring
	 * @param limits how much a channel holds, and for how long; the same on every replica
	 * @param answer how long an answer may take
	 * @param circuit tells when Redis is left alone
	 */
	public RedisRelay(ReactiveStringRedisTemplate redis, String prefix, Supplier<KeyRing> keys, RelayLimits limits,
			Duration answer, CircuitBreaker circuit) {
		this(redis, prefix, keys, limits, answer, circuit, PAUSE);
	}

	RedisRelay(ReactiveStringRedisTemplate redis, String prefix, Supplier<KeyRing> keys, RelayLimits limits,
			Duration answer, CircuitBreaker circuit, Duration pause) {
		this.readers = new RelayReaders(pause);
		this.channels = new Channels(redis, prefix, answer, circuit);
		this.sealed = new SealedEntries(keys, limits);
		this.wakeUps = new WakeUps(redis.getConnectionFactory(), prefix + ":relay", this.readers, answer);
		this.limits = limits;
	}

	@Override
	public Mono<Void> open(String channel, String note) {
		return Mono.fromSupplier(() -> this.sealed.note(channel, note))
			.flatMap((value) -> this.channels.confirm(Channels.OPEN, channel, value, this.limits.lifetime().toMillis()))
			.flatMap((opened) -> opened ? Mono.empty() : Mono
				.error(() -> new IllegalStateException("the channel was open before (expected: a new name)")));
	}

	@Override
	public Mono<Boolean> keep(String channel) {
		return this.channels.confirm(Channels.KEEP, channel, this.limits.buffer().toBytes(),
				this.limits.history().toMillis());
	}

	@Override
	public Mono<String> note(String channel) {
		return find(channel, "note").flatMap((value) -> Mono.justOrEmpty(this.sealed.openNote(channel, value)));
	}

	@Override
	public Mono<Boolean> note(String channel, String note) {
		return Mono.fromSupplier(() -> this.sealed.note(channel, note))
			.flatMap((value) -> this.channels.confirm(Channels.NOTE, channel, value));
	}

	@Override
	public Mono<String> append(String channel, String topic, String content) {
		return Mono.fromSupplier(() -> this.limits.measure(topic, content))
			.flatMap((bytes) -> this.channels.ask(Channels.APPEND, channel, this.sealed.entry(channel, topic, content),
					bytes, this.limits.buffer().toBytes(), this.limits.history().toMillis(), this.wakeUps.topic(),
					channel))
			.flatMap((answer) -> Mono.justOrEmpty(answer.stream().findFirst()));
	}

	@Override
	public Mono<String> end(String channel) {
		return find(channel, "last");
	}

	@Override
	public Flux<RelayEntry> follow(String channel, @Nullable String after) {
		return Flux.defer(() -> {
			RelayPosition from = (after != null) ? RelayPosition.parse(after) : null;
			AtomicBoolean begun = new AtomicBoolean();
			return this.readers
				.read(channel, from,
						(next) -> begun.get() ? patiently(look(channel, next))
								: look(channel, next).doOnNext((batch) -> begun.set(true)))
				.takeUntilOther(this.wakeUps.heard());
		});
	}

	@Override
	public Mono<Void> close(String channel) {
		return this.channels.confirm(Channels.CLOSE, channel, this.wakeUps.topic(), channel).then();
	}

	private Mono<String> find(String channel, String field) {
		return this.channels.ask(Channels.FIND, channel, field)
			.flatMap((answer) -> Mono.justOrEmpty(answer.stream().findFirst()));
	}

	private Mono<RelayBatch> look(String channel, @Nullable RelayPosition after) {
		return this.channels.ask(Channels.READ, channel, (after != null) ? after : "", BATCH_ENTRIES, BATCH_BYTES)
			.map((answer) -> answer.isEmpty() ? RelayBatch.GONE : batch(channel, after, answer));
	}

	private Mono<RelayBatch> patiently(Mono<RelayBatch> look) {
		return look.retryWhen(AGAIN)
			.timeout(this.limits.lifetime())
			.onErrorMap(TimeoutException.class, RelayOutageException::new);
	}

	/** How long it is open, what was dropped, the last entry, and then two for each. */
	private RelayBatch batch(String channel, @Nullable RelayPosition from, List<String> answer) {
		RelayPosition dropped = RelayPosition.parse(answer.get(1));
		RelayPosition after = (from != null) ? from : dropped;
		if (dropped.isAfter(after) || after.isAfter(RelayPosition.parse(answer.get(2)))) {
			throw new RelayOverrunException();
		}
		List<RelayEntry> entries = new ArrayList<>();
		for (int index = 3; index < answer.size(); index += 2) {
			entries.add(this.sealed.openEntry(channel, answer.get(index), answer.get(index + 1)));
			after = RelayPosition.parse(answer.get(index));
		}
		return new RelayBatch(entries, after, Duration.ofMillis(Long.parseLong(answer.get(0))));
	}

}
