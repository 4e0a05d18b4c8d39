package dev.mcpbridge.limit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * A question to the store for a library that speaks of futures: asked at once, and not
 * taken back.
 *
 * @param <T> what is answered
 */
final class FutureOf<T> extends BaseSubscriber<T> {

	private final CompletableFuture<Optional<T>> future = new CompletableFuture<>();

	private FutureOf() {
	}

	static <T> CompletableFuture<Optional<T>> first(Mono<T> question) {
		FutureOf<T> asking = new FutureOf<>();
		question.subscribe(asking);
		return asking.future;
	}

	@Override
	protected void hookOnNext(T value) {
		this.future.complete(Optional.of(value));
	}

	@Override
	protected void hookOnComplete() {
		this.future.complete(Optional.empty());
	}

	@Override
	protected void hookOnError(Throwable failure) {
		this.future.completeExceptionally(failure);
	}

}
