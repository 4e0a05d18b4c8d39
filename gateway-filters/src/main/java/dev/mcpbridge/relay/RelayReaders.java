package dev.mcpbridge.relay;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who follows channels in this process, each at its own pace.
 * <p>
 * A reader looks, hands on what it found as fast as it is asked for, and looks again;
 * when nothing is there it waits until it is woken. Since a wake-up can be lost, and a
 * channel can end without anybody saying so, it looks from time to time as well.
 */
public final class RelayReaders {

	private final ConcurrentMap<String, Set<Bell>> bells = new ConcurrentHashMap<>();

	private final Duration pause;

	/**
	 * Makes a room without readers.
	 * @param pause how long a reader waits at most until it looks again
	 */
	public RelayReaders(Duration pause) {
		this.pause = pause;
	}

	/**
	 * Reads a channel to its end. No more than one batch waits to be asked for.
	 * @param channel its name
	 * @param after the position to read after, {@code null} for the oldest entry kept
	 * @param look finds what comes after a position
	 * @return the entries; completes when nothing was found and the channel is not open
	 */
	public Flux<RelayEntry> read(String channel, @Nullable RelayPosition after,
			Function<@Nullable RelayPosition, Mono<RelayBatch>> look) {
		return Flux.using(() -> hang(channel), (bell) -> new Reader(bell, after, look).entries(),
				(bell) -> takeDown(channel, bell));
	}

	/**
	 * Wakes the readers of a channel.
	 * @param channel its name
	 */
	public void wake(String channel) {
		this.bells.getOrDefault(channel, Set.of()).forEach(Bell::ring);
	}

	/**
	 * Wakes every reader, since wake-ups may have been lost.
	 */
	public void wakeAll() {
		this.bells.values().forEach((bells) -> bells.forEach(Bell::ring));
	}

	private Bell hang(String channel) {
		Bell bell = new Bell();
		this.bells.compute(channel, (name, bells) -> {
			Set<Bell> all = (bells != null) ? bells : ConcurrentHashMap.newKeySet();
			all.add(bell);
			return all;
		});
		return bell;
	}

	private void takeDown(String channel, Bell bell) {
		this.bells.computeIfPresent(channel, (name, bells) -> {
			bells.remove(bell);
			return bells.isEmpty() ? null : bells;
		});
	}

	/** What one reader remembers between two looks. */
	private final class Reader {

		private final Bell bell;

		private final Function<@Nullable RelayPosition, Mono<RelayBatch>> look;

		private @Nullable RelayPosition after;

		private int heard;

		private RelayBatch found = RelayBatch.GONE;

		Reader(Bell bell, @Nullable RelayPosition after, Function<@Nullable RelayPosition, Mono<RelayBatch>> look) {
			this.bell = bell;
			this.after = after;
			this.look = look;
		}

		Flux<RelayEntry> entries() {
			return Flux.defer(this::next)
				.repeatWhen((looks) -> looks.takeWhile((count) -> !this.found.isEnd()).concatMap((count) -> rest(), 1));
		}

		private Flux<RelayEntry> next() {
			this.heard = this.bell.rings();
			return this.look.apply(this.after).doOnNext(this::remember).flatMapIterable(RelayBatch::entries);
		}

		private void remember(RelayBatch batch) {
			this.found = batch;
			this.after = batch.next();
		}

		private Mono<Boolean> rest() {
			if (!this.found.isEmpty()) {
				return Mono.just(true);
			}
			Duration open = this.found.open();
			Duration limit = (open.compareTo(RelayReaders.this.pause) < 0) ? open : RelayReaders.this.pause;
			return Mono.firstWithSignal(this.bell.after(this.heard), Mono.delay(limit).thenReturn(true));
		}

	}

}
