package dev.mcpbridge.store;

import java.time.Duration;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store somebody looks at: each call before it begins, and after it did what it was
 * asked for.
 */
public final class ObservedStore implements BridgeStore {

	private final BridgeStore store;

	private final Observer observer;

	/**
	 * Makes the store.
	 * @param store what works
	 * @param observer who looks
	 */
	public ObservedStore(BridgeStore store, Observer observer) {
		this.store = store;
		this.observer = observer;
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return observed("find", key, () -> this.store.find(key));
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return observed("put", key, () -> this.store.put(key, value, ttl).thenReturn(true)).then();
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return observed("replace", key,
				() -> this.store.replace(key, expected, next, ttl).filter(Boolean::booleanValue))
			.defaultIfEmpty(false);
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return observed("take", key, () -> this.store.take(key));
	}

	@Override
	public Flux<String> keys(String kind) {
		return this.store.keys(kind);
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return observed("lease", key, () -> this.store.lease(key, ttl));
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return observed("release", lease.key(), () -> this.store.release(lease).thenReturn(true)).then();
	}

	private <T> Mono<T> observed(String operation, String key, Supplier<Mono<T>> call) {
		return Mono.defer(() -> {
			this.observer.before(operation, key);
			return call.get().doOnNext((result) -> this.observer.after(operation, key));
		});
	}

	/** Who looks at a store. */
	public interface Observer {

		/**
		 * Hears of a call before it begins.
		 * @param operation the name of the method
		 * @param key the key
		 */
		default void before(String operation, String key) {
		}

		/**
		 * Hears of a call that found, wrote, took or got what it was after.
		 * @param operation the name of the method
		 * @param key the key
		 */
		default void after(String operation, String key) {
		}

	}

}
