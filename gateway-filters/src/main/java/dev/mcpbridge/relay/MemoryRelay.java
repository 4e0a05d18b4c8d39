package dev.mcpbridge.relay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A relay within one process, which ends with it.
 * <p>
 * It holds so many channels and no more; what ended is cleared away by whoever comes
 * next.
 */
public final class MemoryRelay implements Relay {

	/** A reader notices within this time that a channel has lapsed. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final ConcurrentMap<String, MemoryChannel> channels = new ConcurrentHashMap<>();

	private final RelayReaders readers = new RelayReaders(PAUSE);

	private final AtomicLong swept = new AtomicLong();

	private final RelayLimits limits;

	private final int maximum;

	private final InstantSource clock;

	/**
	 * Makes an empty relay.
	 * @param limits how much a channel holds, and for how long
	 * @param maximum the most channels there are, those that ended within a lifetime
	 * among them
	 * @param clock tells when channels and entries end
	 */
	public MemoryRelay(RelayLimits limits, int maximum, InstantSource clock) {
		this.limits = limits;
		this.maximum = maximum;
		this.clock = clock;
	}

	@Override
	public Mono<Void> open(String channel, String note) {
		return Mono.fromRunnable(() -> {
			long now = now();
			if (this.channels.size() >= this.maximum) {
				sweep(now);
			}
			if (this.channels.size() >= this.maximum) {
				throw new RelayFullException(this.maximum);
			}
			if (this.channels.putIfAbsent(channel, new MemoryChannel(this.limits, note, now)) != null) {
				throw new IllegalStateException("the channel was open before (expected: a new name)");
			}
		});
	}

	@Override
	public Mono<Boolean> keep(String channel) {
		return with(channel, (found) -> found.keep(now())).defaultIfEmpty(false);
	}

	@Override
	public Mono<String> note(String channel) {
		return with(channel, (found) -> found.note(now()));
	}

	@Override
	public Mono<Boolean> note(String channel, String note) {
		return with(channel, (found) -> found.note(note, now())).defaultIfEmpty(false);
	}

	@Override
	public Mono<String> append(String channel, String topic, String content) {
		return Mono.fromCallable(() -> this.limits.measure(topic, content))
			.flatMap((size) -> with(channel, (found) -> found.append(topic, content, size, now())))
			.doOnNext((position) -> this.readers.wake(channel));
	}

	@Override
	public Mono<String> end(String channel) {
		return with(channel, (found) -> found.end(now()));
	}

	@Override
	public Flux<RelayEntry> follow(String channel, @Nullable String after) {
		return Flux.defer(() -> {
			RelayPosition from = (after != null) ? RelayPosition.parse(after) : null;
			MemoryChannel found = find(channel);
			return (found != null)
					? this.readers.read(channel, from, (next) -> Mono.fromCallable(() -> found.read(next, now())))
					: Flux.empty();
		});
	}

	@Override
	public Mono<Void> close(String channel) {
		return with(channel, (found) -> {
			found.close(now());
			this.readers.wake(channel);
			return true;
		}).then();
	}

	/**
	 * Counts the channels there are, those that ended within a lifetime among them.
	 * @return the number of channels
	 */
	public int channels() {
		return this.channels.size();
	}

	/**
	 * Sums up what the channels hold, as {@link RelayLimits} measures it.
	 * @return the number of bytes
	 */
	public long bytes() {
		return this.channels.values().stream().mapToLong(MemoryChannel::bytes).sum();
	}

	private <T> Mono<T> with(String channel, Function<MemoryChannel, @Nullable T> ask) {
		return Mono.fromCallable(() -> {
			MemoryChannel found = find(channel);
			return (found != null) ? ask.apply(found) : null;
		});
	}

	private @Nullable MemoryChannel find(String channel) {
		long now = now();
		long before = this.swept.get();
		if (now - before >= PAUSE.toMillis() && this.swept.compareAndSet(before, now)) {
			sweep(now);
		}
		MemoryChannel found = this.channels.get(channel);
		return (found != null && !found.isGone(now)) ? found : null;
	}

	private void sweep(long now) {
		this.channels.values().removeIf((channel) -> channel.isGone(now));
	}

	private long now() {
		return this.clock.millis();
	}

}
