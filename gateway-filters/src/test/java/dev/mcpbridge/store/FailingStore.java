package dev.mcpbridge.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that fails when it is told to.
 */
public class FailingStore implements BridgeStore {

	private final BridgeStore store;

	private final AtomicInteger failed = new AtomicInteger();

	private volatile Failure failure = Failure.NONE;

	/**
	 * Makes a store that works at first.
	 * @param store what works
	 */
	public FailingStore(BridgeStore store) {
		this.store = store;
	}

	/**
	 * Fails from now on.
	 * @param failure how
	 */
	public void fail(Failure failure) {
		this.failure = failure;
	}

	/**
	 * Counts the calls that failed.
	 * @return how many
	 */
	public int failed() {
		return this.failed.get();
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return unlessFailing(() -> this.store.find(key));
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return unlessFailing(() -> this.store.put(key, value, ttl));
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return unlessFailing(() -> this.store.lease(key, ttl));
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return unlessFailing(() -> this.store.release(lease));
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return unlessFailing(() -> this.store.replace(key, expected, next, ttl));
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return unlessFailing(() -> this.store.take(key));
	}

	@Override
	public Flux<String> keys(String kind) {
		return unlessFailing(() -> this.store.keys(kind).collectList()).flatMapIterable((keys) -> keys);
	}

	private <T> Mono<T> unlessFailing(Supplier<Mono<T>> call) {
		if (this.failure == Failure.THROWS) {
			this.failed.incrementAndGet();
			throw new IllegalStateException("the store is closed");
		}
		return Mono.defer(() -> answer(call)).doOnError((error) -> this.failed.incrementAndGet());
	}

	private <T> Mono<T> answer(Supplier<Mono<T>> call) {
		return switch (this.failure) {
			case NONE -> call.get();
			case SIGNALS -> Mono.error(() -> new IllegalStateException("no connection to the store"));
			case THROWS -> throw new IllegalStateException("the store is closed");
			case HANGS -> Mono.never();
		};
	}

	/** How a store fails. */
	public enum Failure {

		/** It works. */
		NONE,

		/** It signals an error, as it should. */
		SIGNALS,

		/** It throws. */
		THROWS,

		/** It never answers. */
		HANGS

	}

}
