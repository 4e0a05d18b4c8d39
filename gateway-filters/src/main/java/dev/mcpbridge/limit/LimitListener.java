package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.List;

/**
 * Hears what limits do. Nothing it is told names a person, a client or a tool.
 */
public interface LimitListener {

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static LimitListener all(List<? extends LimitListener> listeners) {
		return new LimitListeners(List.copyOf(listeners));
	}

	/**
	 * A request had to wait for its turn, and may go on.
	 * @param why what it waited for
	 * @param waited how long
	 */
	default void waited(Kind why, Duration waited) {
	}

	/**
	 * A request was refused by us.
	 * @param why what it would have had to wait for
	 * @param how why it did not wait, or not longer
	 */
	default void refused(Kind why, Impatience how) {
	}

	/**
	 * The upstream answered 429.
	 * @param answer what was made of it
	 */
	default void upstreamRefused(Answer answer) {
	}

	/** What calls wait for. */
	enum Kind {

		/** That others end. */
		AT_ONCE,

		/** That another call is earned. */
		RATE,

		/** The end of the time the upstream named when it answered 429. */
		HELD

	}

	/** Why a call does not wait. */
	enum Impatience {

		/** Too many wait already. */
		QUEUE_FULL,

		/** It takes too long. */
		TOO_LONG

	}

	/** What is made of an upstream's 429. */
	enum Answer {

		/** The call is sent again. */
		SENT_AGAIN,

		/** The client gets 429. */
		PASSED_ON

	}

}
