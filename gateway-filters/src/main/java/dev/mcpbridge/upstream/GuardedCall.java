package dev.mcpbridge.upstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One refresh: its attempts, the pauses between them, and the deadline of them all.
 * <p>
 * Each attempt is cut off at the deadline by itself, inside the circuit breaker: cut off
 * from outside, it would be a call the circuit breaker never hears the end of. The
 * bulkhead is outside, since a limit of our own says nothing about the upstream.
 */
final class GuardedCall {

	/**
	 * What is left of the deadline for the last attempt, at least: an answer that is cut
	 * off may be a lost login.
	 */
	private static final int SHARE_OF_LAST_ATTEMPT = 10;

	/** A deadline goes by the clock of the timers that keep it. */
	private final Scheduler timers = Schedulers.parallel();

	private final Mono<TokenAnswer> call;

	private final Guards guards;

	private final Circuit circuit;

	private final Retry.AsyncContext<TokenAnswer> attempts;

	private final Duration deadline;

	private final long end;

	/** How the last attempt ended that may have used the token up. */
	private @Nullable Outage inDoubt;

	GuardedCall(Mono<TokenAnswer> call, Guards guards, Circuit circuit) {
		this.call = call;
		this.guards = guards;
		this.circuit = circuit;
		this.attempts = guards.retry().asyncContext();
		this.deadline = guards.timeLimiter().getTimeLimiterConfig().getTimeoutDuration();
		this.end = now() + this.deadline.toMillis();
	}

	Mono<TokenAnswer> answer() {
		return Mono.defer(this::attempt)
			.retryWhen(reactor.util.retry.Retry.withThrowable((failures) -> failures.concatMap(this::pause)))
			.doOnSuccess((answer) -> this.attempts.onComplete())
			.doOnSuccess((answer) -> this.guards.timeLimiter().onSuccess())
			.doOnError(this.guards.timeLimiter()::onError)
			.onErrorResume(this::outage);
	}

	private Mono<TokenAnswer> attempt() {
		return this.call.flatMap(GuardedCall::orFailure)
			.timeout(left())
			.doOnError(this::remember)
			.transformDeferred(CircuitBreakerOperator.of(this.guards.circuit()))
			.transformDeferred(BulkheadOperator.of(this.guards.bulkhead()));
	}

	/** The guards understand failures only. */
	private static Mono<TokenAnswer> orFailure(TokenAnswer answer) {
		return (answer instanceof TokenAnswer.Unavailable outage) ? Mono.error(new OutageException(outage))
				: Mono.just(answer);
	}

	private void remember(Throwable failure) {
		Outage outage = unavailable(failure).outage();
		if (outage.maybeActedOn()) {
			this.inDoubt = outage;
		}
	}

	/**
	 * The pause the upstream wants and then our own, which differs: those who were told
	 * the same moment must not all come at it.
	 */
	private Mono<Long> pause(Throwable failure) {
		Duration wanted = (failure instanceof OutageException ex) ? ex.answer.retryAfter() : null;
		Duration pause = (wanted != null) ? wanted : Duration.ZERO;
		if (!passes(failure) || !leavesTime(pause)) {
			return Mono.error(failure);
		}
		long backOff = this.attempts.onError(failure);
		pause = pause.plusMillis(backOff);
		return (backOff >= 0 && leavesTime(pause)) ? Mono.delay(pause, this.timers) : Mono.error(failure);
	}

	private static boolean passes(Throwable failure) {
		return failure instanceof OutageException || failure instanceof BulkheadFullException;
	}

	private boolean leavesTime(Duration pause) {
		return left().minus(pause).compareTo(this.deadline.dividedBy(SHARE_OF_LAST_ATTEMPT)) >= 0;
	}

	/**
	 * If any attempt may have used the token up, so may the whole, however its last
	 * attempt ended.
	 */
	private Mono<TokenAnswer> outage(Throwable failure) {
		TokenAnswer.Unavailable last = unavailable(failure);
		Outage doubt = this.inDoubt;
		return Mono.just((doubt != null && !last.outage().maybeActedOn())
				? new TokenAnswer.Unavailable(doubt, last.retryAfter()) : last);
	}

	private TokenAnswer.Unavailable unavailable(Throwable failure) {
		if (failure instanceof OutageException ex) {
			return ex.answer;
		}
		if (failure instanceof CallNotPermittedException) {
			return new TokenAnswer.Unavailable(Outage.LEFT_ALONE, this.circuit.remaining());
		}
		if (failure instanceof BulkheadFullException) {
			return new TokenAnswer.Unavailable(Outage.CROWDED, null);
		}
		return new TokenAnswer.Unavailable((failure instanceof TimeoutException) ? Outage.TIMEOUT : Outage.UNREADABLE,
				null);
	}

	private Duration left() {
		return Duration.ofMillis(Math.max(0, this.end - now()));
	}

	private long now() {
		return this.timers.now(TimeUnit.MILLISECONDS);
	}

	/** An outage on its way through the guards; never leaves. */
	private static final class OutageException extends RuntimeException {

		private final transient TokenAnswer.Unavailable answer;

		OutageException(TokenAnswer.Unavailable answer) {
			super(answer.outage().name(), null, false, false);
			this.answer = answer;
		}

	}

}
