package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Ends an exchange whose answer does not begin in time.
 * <p>
 * Almost none is ever late, so it is kept on a wheel, where beginning and ending cost
 * next to nothing and a tenth of a second more or less does not matter.
 */
final class AnswerDeadline {

	private static final HashedWheelTimer WHEEL = new HashedWheelTimer(
			new DefaultThreadFactory("mcp-answer-deadlines", true), 100, TimeUnit.MILLISECONDS);

	private final Sinks.Empty<Void> late = Sinks.empty();

	private final Timeout timeout;

	/**
	 * Begins to wait.
	 * @param limit how long the upstream may take to begin an answer, more than 0
	 */
	AnswerDeadline(Duration limit) {
		this.timeout = WHEEL.newTimeout((over) -> this.late.tryEmitError(new NoAnswerException(limit)),
				limit.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Bounds an exchange.
	 * @param exchange the exchange
	 * @return the exchange, which fails with a {@link NoAnswerException} and is cancelled
	 * if the answer has not begun in time
	 */
	Mono<Void> bound(Mono<Void> exchange) {
		return Mono.firstWithSignal(exchange, this.late.asMono()).doFinally((end) -> met());
	}

	/** The answer has begun, or there will be none. */
	void met() {
		this.timeout.cancel();
	}

}
