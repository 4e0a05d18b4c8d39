package dev.mcpbridge.exchange;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.MDC;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/**
 * Has the id of a request at hand for the log lines of what is done for it.
 * <p>
 * Reactor could carry it to every thread and into every step; that is a fifth of what a
 * request costs. So it is put where work begins: where a request or an answer is read,
 * and, by {@link #around}, behind whatever goes on elsewhere.
 */
public final class RequestScope {

	/** What the id is called in the Reactor context of a request, and in log lines. */
	public static final String KEY = "requestId";

	private RequestScope() {
	}

	/**
	 * Does something for a request.
	 * @param id the request's id; {@code null} for nobody's
	 * @param work what to do
	 */
	public static void run(@Nullable String id, Runnable work) {
		String before = MDC.get(KEY);
		put(id);
		try {
			work.run();
		}
		finally {
			put(before);
		}
	}

	/**
	 * Makes whatever is under way a request's, now that it is known.
	 * @param id the request's id
	 */
	public static void enter(String id) {
		put(id);
	}

	/**
	 * Takes up the scope again where an answer comes from another thread.
	 * @param <T> the type of the answer
	 * @param answer what is waited for
	 * @return the same, whose signals are handled for the request of the subscriber
	 */
	public static <T> Mono<T> around(Mono<T> answer) {
		return new Around<>(answer);
	}

	private static void put(@Nullable String id) {
		if (id != null) {
			MDC.put(KEY, id);
		}
		else {
			MDC.remove(KEY);
		}
	}

	/** Wraps the subscriber if it has a request. */
	private static final class Around<T> extends MonoOperator<T, T> {

		Around(Mono<T> source) {
			super(source);
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> actual) {
			String id = actual.currentContext().getOrDefault(KEY, null);
			if (id == null) {
				this.source.subscribe(actual);
			}
			else {
				run(id, () -> this.source.subscribe(new Signals<>(id, actual)));
			}
		}

	}

	/**
	 * Signals that are handled for a request.
	 *
	 * @param <T> the type of the answer
	 * @param id the request's id
	 * @param actual who handles them
	 */
	private record Signals<T>(String id, CoreSubscriber<? super T> actual) implements CoreSubscriber<T> {

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.actual.onSubscribe(subscription);
		}

		@Override
		public void onNext(T value) {
			run(this.id, () -> this.actual.onNext(value));
		}

		@Override
		public void onError(Throwable failure) {
			run(this.id, () -> this.actual.onError(failure));
		}

		@Override
		public void onComplete() {
			run(this.id, this.actual::onComplete);
		}

	}

}
