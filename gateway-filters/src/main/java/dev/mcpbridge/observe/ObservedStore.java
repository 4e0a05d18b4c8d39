package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.mcpbridge.exchange.RequestScope;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.Lease;
import dev.mcpbridge.store.StoredValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that times what another one does. Whoever opened the other one closes it.
 */
public final class ObservedStore implements BridgeStore {

	private static final Duration[] STORE_TAKES = { Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
			Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1),
			Duration.ofSeconds(5) };

	private final BridgeStore store;

	private final MeterRegistry registry;

	private final MeterPerWord<StoredKind, Counter> unreadable;

	private final MeterPerWord<StoreOperation, MeterPerWord<StoreOutcome, Timer>> timers;

	/**
	 * Registers the meters.
	 * @param store what is timed
	 * @param registry where they are published
	 */
	public ObservedStore(BridgeStore store, MeterRegistry registry) {
		this.store = store;
		this.registry = registry;
		this.unreadable = MeterPerWord.counters(StoredKind.class, registry, "mcp.bridge.unreadable",
				"Stored values that cannot be read, so that they are as good as lost", "kind");
		this.timers = MeterPerWord.of(StoreOperation.class,
				(operation) -> MeterPerWord.of(operation.outcomes(), (outcome) -> timer(registry, operation, outcome)));
	}

	@Override
	public void unreadable(String kind) {
		this.unreadable.of(StoredKind.of(kind)).increment();
		this.store.unreadable(kind);
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return timed(StoreOperation.FIND, () -> this.store.find(key), ObservedStore::presence);
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return timed(StoreOperation.PUT, () -> this.store.put(key, value, ttl), (end) -> StoreOutcome.OK);
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, String value, Duration ttl) {
		return timed(StoreOperation.REPLACE, () -> this.store.replace(key, expected, value, ttl),
				ObservedStore::victory);
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return timed(StoreOperation.REPLACE, () -> this.store.replace(key, expected, next, ttl),
				ObservedStore::victory);
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return timed(StoreOperation.TAKE, () -> this.store.take(key), ObservedStore::presence);
	}

	@Override
	public Flux<String> keys(String kind) {
		return Flux.defer(() -> {
			StoreCall call = begin(StoreOperation.KEYS);
			return Flux.defer(() -> this.store.keys(kind))
				.doOnComplete(() -> call.ended(StoreOutcome.OK))
				.doOnError((failure) -> call.ended(StoreOutcome.ERROR))
				.doOnCancel(() -> call.ended(StoreOutcome.CANCELLED));
		});
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return timed(StoreOperation.LEASE, () -> this.store.lease(key, ttl), ObservedStore::presence);
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return timed(StoreOperation.RELEASE, () -> this.store.release(lease), (end) -> StoreOutcome.OK);
	}

	private <T> Mono<T> timed(StoreOperation operation, Supplier<Mono<T>> operate,
			Function<@Nullable T, StoreOutcome> read) {
		return Mono.defer(() -> {
			StoreCall call = begin(operation);
			return RequestScope.around(Mono.defer(operate))
				.doOnSuccess((answer) -> call.ended(read.apply(answer)))
				.doOnError((failure) -> call.ended(StoreOutcome.ERROR))
				.doOnCancel(() -> call.ended(StoreOutcome.CANCELLED));
		});
	}

	private StoreCall begin(StoreOperation operation) {
		return new StoreCall(Timer.start(this.registry), this.timers.of(operation));
	}

	private static StoreOutcome presence(@Nullable Object answer) {
		return (answer != null) ? StoreOutcome.OK : StoreOutcome.EMPTY;
	}

	private static StoreOutcome victory(@Nullable Boolean written) {
		return Boolean.TRUE.equals(written) ? StoreOutcome.OK : StoreOutcome.CONFLICT;
	}

	private static Timer timer(MeterRegistry registry, StoreOperation operation, StoreOutcome outcome) {
		return Timer.builder("mcp.bridge.store")
			.description("Operations of the store, and how long they took")
			.tags("operation", MeterPerWord.value(operation), "outcome", MeterPerWord.value(outcome))
			.serviceLevelObjectives(STORE_TAKES)
			.register(registry);
	}

}
