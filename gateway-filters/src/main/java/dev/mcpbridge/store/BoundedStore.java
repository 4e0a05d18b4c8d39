package dev.mcpbridge.store;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives up on a store that takes too long, so that nobody hangs on it: what is late is an
 * error, and may be done or not.
 */
public final class BoundedStore implements BridgeStore {

	private final BridgeStore store;

	private final Duration limit;

	/**
	 * Makes a bounded view of a store.
	 * @param store the store
	 * @param limit how long an answer may take; between two keys of a list as well
	 */
	public BoundedStore(BridgeStore store, Duration limit) {
		this.store = store;
		this.limit = limit;
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return this.store.find(key).timeout(this.limit);
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return this.store.put(key, value, ttl).timeout(this.limit);
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return this.store.replace(key, expected, next, ttl).timeout(this.limit);
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return this.store.take(key).timeout(this.limit);
	}

	@Override
	public Flux<String> keys(String kind) {
		return this.store.keys(kind).timeout(this.limit);
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return this.store.lease(key, ttl).timeout(this.limit);
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return this.store.release(lease).timeout(this.limit);
	}

}
