package dev.mcpbridge.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives up on a store that takes too long, so that nobody hangs on it: what is late is a
 * {@link StoreOutageException}, and may be done or not. A store that fails too often is
 * left alone for a moment, so that not everybody waits for it.
 */
public final class BoundedStore implements BridgeStore {

	private final BridgeStore store;

	private final Duration limit;

	private final CircuitBreaker circuit;

	/**
	 * Makes a bounded view of a store.
	 * @param store the store
	 * @param limit how long an answer may take; between two keys of a list as well
	 * @param circuit tells when the store is left alone
	 */
	public BoundedStore(BridgeStore store, Duration limit, CircuitBreaker circuit) {
		this.store = store;
		this.limit = limit;
		this.circuit = circuit;
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return bounded(() -> this.store.find(key));
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return bounded(() -> this.store.put(key, value, ttl));
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return bounded(() -> this.store.replace(key, expected, next, ttl));
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return bounded(() -> this.store.take(key));
	}

	@Override
	public Flux<String> keys(String kind) {
		return Flux.defer(() -> this.store.keys(kind))
			.timeout(this.limit)
			.transformDeferred(CircuitBreakerOperator.of(this.circuit))
			.onErrorMap(StoreOutageException::new);
	}

	/**
	 * A lease that is granted after its time is given back at once; nobody would know
	 * that they have it.
	 */
	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return Mono.defer(() -> {
			AtomicBoolean late = new AtomicBoolean();
			Mono<Lease> call = Mono.defer(() -> this.store.lease(key, ttl))
				.delayUntil((lease) -> late.get() ? this.store.release(lease) : Mono.empty())
				.cache();
			return bounded(() -> call).doOnError((failure) -> late.set(true)).doOnCancel(() -> late.set(true));
		});
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return bounded(() -> this.store.release(lease));
	}

	private <T> Mono<T> bounded(Supplier<Mono<T>> call) {
		return Mono.defer(call)
			.timeout(this.limit)
			.transformDeferred(CircuitBreakerOperator.of(this.circuit))
			.onErrorMap(StoreOutageException::new);
	}

}
