package dev.mcpbridge.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.mcpbridge.upstream.UpstreamListener.Operation;
import dev.mcpbridge.upstream.UpstreamListener.Outcome;
import reactor.core.publisher.Mono;

/**
 * Tells a listener how calls end and how long they took.
 *
 * @param listener hears of every call
 */
record TimedCalls(UpstreamListener listener) {

	/**
	 * Times a call.
	 * @param operation what it is for
	 * @param call the call, each subscription one
	 * @param outcome reads its answer; an error is read by what it is
	 * @return the same call; without an answer nothing is told
	 */
	<T> Mono<T> timed(Operation operation, Mono<T> call, Function<? super T, Outcome> outcome) {
		return Mono.defer(() -> {
			long began = System.nanoTime();
			AtomicBoolean over = new AtomicBoolean();
			Consumer<Outcome> ended = (end) -> {
				if (over.compareAndSet(false, true)) {
					this.listener.called(operation, end, Duration.ofNanos(System.nanoTime() - began));
				}
			};
			return call.doOnNext((answer) -> ended.accept(outcome.apply(answer)))
				.doOnError((failure) -> ended.accept(outcomeOf(failure)))
				.doOnCancel(() -> ended.accept(Outcome.UNREACHABLE));
		});
	}

	/** Reads what a token endpoint said. */
	static Outcome outcomeOf(TokenAnswer answer) {
		if (answer instanceof TokenAnswer.Issued) {
			return Outcome.OK;
		}
		return (answer instanceof TokenAnswer.Refused) ? Outcome.REFUSED : Outcome.UNREACHABLE;
	}

	/** Reads what was said to a token that is given back. */
	static Outcome outcomeOf(RevocationAnswer answer) {
		if (answer instanceof RevocationAnswer.Accepted) {
			return Outcome.OK;
		}
		return (answer instanceof RevocationAnswer.Refused) ? Outcome.REFUSED : Outcome.UNREACHABLE;
	}

	private static Outcome outcomeOf(Throwable failure) {
		return (failure instanceof UpstreamException.Refused) ? Outcome.REFUSED : Outcome.UNREACHABLE;
	}

}
