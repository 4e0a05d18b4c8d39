package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayFullException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A relay that times what another one does, reading left out: that takes as long as a
 * session lasts.
 */
public final class ObservedRelay implements Relay {

	private static final Duration[] RELAY_TAKES = { Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
			Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1),
			Duration.ofSeconds(5) };

	private final Relay relay;

	private final MeterRegistry registry;

	private final MeterPerWord<RelayOperation, MeterPerWord<RelayOutcome, Timer>> timers;

	/**
	 * Registers the meters.
	 * @param relay what is timed
	 * @param registry where they are published
	 */
	public ObservedRelay(Relay relay, MeterRegistry registry) {
		this.relay = relay;
		this.registry = registry;
		this.timers = MeterPerWord.of(RelayOperation.class,
				(operation) -> MeterPerWord.of(operation.outcomes(), (outcome) -> timer(registry, operation, outcome)));
	}

	@Override
	public Mono<Void> open(String channel, String note) {
		return timed(RelayOperation.OPEN, () -> this.relay.open(channel, note), (done) -> RelayOutcome.OK);
	}

	@Override
	public Mono<Boolean> keep(String channel) {
		return timed(RelayOperation.KEEP, () -> this.relay.keep(channel), ObservedRelay::found);
	}

	@Override
	public Mono<String> note(String channel) {
		return timed(RelayOperation.NOTE, () -> this.relay.note(channel), ObservedRelay::found);
	}

	@Override
	public Mono<Boolean> note(String channel, String note) {
		return timed(RelayOperation.NOTE, () -> this.relay.note(channel, note), ObservedRelay::found);
	}

	@Override
	public Mono<String> append(String channel, String topic, String content) {
		return timed(RelayOperation.APPEND, () -> this.relay.append(channel, topic, content), ObservedRelay::found);
	}

	@Override
	public Mono<String> end(String channel) {
		return timed(RelayOperation.END, () -> this.relay.end(channel), ObservedRelay::found);
	}

	@Override
	public Flux<RelayEntry> follow(String channel, @Nullable String after) {
		return this.relay.follow(channel, after);
	}

	@Override
	public Mono<Void> close(String channel) {
		return timed(RelayOperation.CLOSE, () -> this.relay.close(channel), (done) -> RelayOutcome.OK);
	}

	private <T> Mono<T> timed(RelayOperation operation, Supplier<Mono<T>> operate,
			Function<@Nullable T, RelayOutcome> read) {
		return Mono.defer(() -> {
			Timer.Sample sample = Timer.start(this.registry);
			AtomicBoolean over = new AtomicBoolean();
			Consumer<RelayOutcome> ended = (outcome) -> {
				if (over.compareAndSet(false, true)) {
					sample.stop(this.timers.of(operation).of(outcome));
				}
			};
			return Mono.defer(operate)
				.doOnSuccess((answer) -> ended.accept(read.apply(answer)))
				.doOnError((failure) -> ended.accept(failed(operation, failure)))
				.doOnCancel(() -> ended.accept(RelayOutcome.CANCELLED));
		});
	}

	private static RelayOutcome failed(RelayOperation operation, Throwable failure) {
		boolean full = operation == RelayOperation.OPEN && failure instanceof RelayFullException;
		return full ? RelayOutcome.FULL : RelayOutcome.ERROR;
	}

	private static RelayOutcome found(@Nullable Object answer) {
		return (answer == null || Boolean.FALSE.equals(answer)) ? RelayOutcome.EMPTY : RelayOutcome.OK;
	}

	private static Timer timer(MeterRegistry registry, RelayOperation operation, RelayOutcome outcome) {
		return Timer.builder("mcp.bridge.relay")
			.description("Operations of the relay between the ends of translated sessions, and how long they took")
			.tags("operation", MeterPerWord.value(operation), "outcome", MeterPerWord.value(outcome))
			.serviceLevelObjectives(RELAY_TAKES)
			.register(registry);
	}

}
