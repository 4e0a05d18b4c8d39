package dev.mcpbridge.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that ends with the process: for tests, demos and filters without grants.
 * <p>
 * It is bounded; beyond the bound the entries used least are forgotten.
 */
public final class MemoryStore implements BridgeStore {

	private final ConcurrentMap<String, Slot> entries;

	private final ConcurrentMap<String, Slot> leases;

	private final InstantSource clock;

	/**
	 * Makes an empty store.
	 * @param clock tells when entries end
	 * @param maximumSize the most entries it holds
	 */
	public MemoryStore(InstantSource clock, long maximumSize) {
		this.clock = clock;
		this.entries = bounded(maximumSize, Duration.ZERO);
		this.leases = bounded(maximumSize, Duration.ofDays(1));
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return Mono.fromSupplier(() -> stored(this.entries.get(key)));
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return Mono.fromRunnable(() -> this.entries.compute(key,
				(id, before) -> slot((before != null) ? before.generation() + 1 : 1, value, ttl)));
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return Mono.fromSupplier(() -> {
			AtomicBoolean written = new AtomicBoolean();
			this.entries.compute(key, (id, before) -> {
				written.set(expected == ((before != null) ? before.generation() : 0));
				return written.get() ? slot(next.generation(), next.value(), ttl) : before;
			});
			return written.get();
		});
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return Mono.fromSupplier(() -> stored(this.entries.remove(key)));
	}

	@Override
	public Flux<String> keys(String kind) {
		return Flux.defer(() -> Flux.fromIterable(List.copyOf(this.entries.keySet())))
			.filter((key) -> key.startsWith(kind + ':'));
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return Mono.fromSupplier(() -> {
			AtomicReference<@Nullable Lease> lease = new AtomicReference<>();
			this.leases.compute(key, (id, before) -> {
				if (before != null && before.isHeld(this.clock.millis())) {
					return before;
				}
				Slot next = slot((before != null) ? before.generation() + 1 : 1, "", ttl);
				lease.set(new Lease(key, next.generation()));
				return next;
			});
			return lease.get();
		});
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return Mono.fromRunnable(() -> this.leases.computeIfPresent(lease.key(),
				(id, held) -> (held.generation() == lease.fence()) ? held.givenBack() : held));
	}

	private Slot slot(long generation, String value, Duration ttl) {
		return new Slot(generation, this.clock.millis() + ttl.toMillis(), value);
	}

	private @Nullable StoredValue stored(@Nullable Slot slot) {
		return (slot != null) ? slot.stored() : null;
	}

	/** The time a slot has left is counted from when it was made, whoever looks at it. */
	private ConcurrentMap<String, Slot> bounded(long maximumSize, Duration longer) {
		return Caffeine.newBuilder()
			.maximumSize(maximumSize)
			.executor(Runnable::run)
			.ticker(() -> Duration.ofMillis(this.clock.millis()).toNanos())
			.expireAfter(Expiry.writing((String key,
					Slot slot) -> Duration.ofMillis(Math.max(0, slot.expiresAt() - this.clock.millis())).plus(longer)))
			.build()
			.asMap();
	}

}
