package dev.mcpbridge.limit;

import java.time.Duration;

import dev.mcpbridge.limit.LimitListener.Impatience;
import dev.mcpbridge.limit.LimitListener.Kind;

/**
 * A call that does not wait any longer.
 */
final class OverLimitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final Impatience impatience;

	private final Duration retryAfter;

	/**
	 * Refuses a call.
	 * @param limit the name of the limit
	 * @param kind what it would wait for
	 * @param impatience why it does not
	 * @param retryAfter when to come back
	 */
	OverLimitException(String limit, Kind kind, Impatience impatience, Duration retryAfter) {
		super(limit, null, false, false);
		this.kind = kind;
		this.impatience = impatience;
		this.retryAfter = retryAfter;
	}

	Kind kind() {
		return this.kind;
	}

	Impatience impatience() {
		return this.impatience;
	}

	Duration retryAfter() {
		return this.retryAfter;
	}

}
