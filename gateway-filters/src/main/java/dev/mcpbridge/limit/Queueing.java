package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.mcpbridge.limit.LimitListener.Impatience;
import dev.mcpbridge.limit.LimitListener.Kind;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.secret.Fingerprint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One request's way past all limits: first what it has to earn, then places among those
 * under way, at last the time the upstream wants to be left alone.
 * <p>
 * For what is earned one request of a line waits at a time, so that those who came first
 * go first.
 */
final class Queueing {

	/** How soon whoever found a queue full, or waited in vain, may come back. */
	private static final Duration SOON = Duration.ofSeconds(1);

	private final LimitDesk desk;

	private final Asker asker;

	private final List<ToolCall> calls;

	private final Permits permits;

	private final Scheduler time;

	private final long deadline;

	Queueing(LimitDesk desk, Asker asker, List<ToolCall> calls, Permits permits) {
		this.desk = desk;
		this.asker = asker;
		this.calls = calls;
		this.permits = permits;
		this.time = desk.time();
		this.deadline = now() + desk.settings().maxWait().toMillis();
	}

	/**
	 * Waits.
	 * @return when the request may go on; an {@link OverLimitException} if it may not
	 */
	Mono<Void> pass() {
		List<Limit> limits = this.desk.settings().limits();
		return Flux.fromIterable(limits)
			.concatMap(this::earn)
			.thenMany(Flux.fromIterable(limits))
			.concatMap(this::takePlaces)
			.then(Mono.defer(this::beLeftAlone));
	}

	private Flux<Void> earn(Limit limit) {
		Rate rate = limit.asRate();
		return (rate == null) ? Flux.empty()
				: Flux.fromStream(keys(limit)).concatMap((key) -> inLine(limit, "rate " + key, key, rate));
	}

	private Mono<Void> inLine(Limit limit, String line, String key, Rate rate) {
		return Mono.defer(() -> {
			Turn turn = this.desk.turns().ask(line, 1, this.desk.settings().queue());
			if (turn == null) {
				return over(limit, Kind.RATE, Impatience.QUEUE_FULL, SOON);
			}
			int calls = (int) Math.min(rate.burst(), keysOf(limit).filter(key::equals).count());
			return come(turn, limit, Kind.RATE).then(Mono.defer(() -> earn(limit, key, rate, calls)))
				.doFinally((end) -> turn.leave());
		});
	}

	private Mono<Void> earn(Limit limit, String key, Rate rate, int calls) {
		return this.desk.buckets().take(key, rate, calls).flatMap((wait) -> {
			if (wait.isZero()) {
				return Mono.empty();
			}
			return waitFor(limit, Kind.RATE, wait).then(Mono.defer(() -> earn(limit, key, rate, calls)));
		});
	}

	private Flux<Void> takePlaces(Limit limit) {
		return (limit.atOnce() == 0) ? Flux.empty()
				: Flux.fromStream(keys(limit)).concatMap((key) -> takePlace(limit, key));
	}

	private Mono<Void> takePlace(Limit limit, String key) {
		return Mono.defer(() -> {
			Turn turn = this.desk.turns().ask(key, limit.atOnce(), this.desk.settings().queue());
			if (turn == null) {
				return over(limit, Kind.AT_ONCE, Impatience.QUEUE_FULL, SOON);
			}
			this.permits.add(turn);
			return come(turn, limit, Kind.AT_ONCE);
		});
	}

	private Mono<Void> beLeftAlone() {
		Duration held = this.desk.holds().left(this.asker.key());
		return held.isZero() ? Mono.empty() : waitFor(null, Kind.HELD, held).then(Mono.defer(this::beLeftAlone));
	}

	private Mono<Void> come(Turn turn, Limit limit, Kind kind) {
		if (turn.isAtOnce()) {
			return Mono.empty();
		}
		long since = now();
		return turn.come(Duration.ofMillis(Math.max(0, this.deadline - since)), this.time)
			.onErrorResume(TimeoutException.class, (late) -> over(limit, kind, Impatience.TOO_LONG, SOON))
			.doOnSuccess((done) -> this.desk.listener().waited(kind, Duration.ofMillis(now() - since)));
	}

	private Mono<Void> waitFor(@Nullable Limit limit, Kind kind, Duration wait) {
		if (now() + wait.toMillis() > this.deadline) {
			return over(limit, kind, Impatience.TOO_LONG, wait);
		}
		return Mono.delay(wait, this.time).doOnNext((end) -> this.desk.listener().waited(kind, wait)).then();
	}

	private static Mono<Void> over(@Nullable Limit limit, Kind kind, Impatience impatience, Duration retryAfter) {
		return Mono
			.error(new OverLimitException((limit != null) ? limit.name() : "upstream", kind, impatience, retryAfter));
	}

	/** In one order for everybody, so that no two wait for each other. */
	private Stream<String> keys(Limit limit) {
		return keysOf(limit).distinct().sorted();
	}

	private Stream<String> keysOf(Limit limit) {
		return limit.among(this.calls).stream().map((call) -> key(limit, call));
	}

	private String key(Limit limit, ToolCall call) {
		Stream<String> parts = limit.per().stream().sorted().flatMap((per) -> per.of(call, this.asker));
		return Fingerprint.of(Stream.concat(Stream.of(limit.name()), parts).toArray(String[]::new));
	}

	private long now() {
		return this.time.now(TimeUnit.MILLISECONDS);
	}

}
