package dev.mcpbridge.translation;

import java.util.List;

/**
 * Hears what becomes of translated sessions.
 */
public interface TranslationListener {

	/** Hears nothing. */
	TranslationListener NONE = new TranslationListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static TranslationListener all(List<? extends TranslationListener> listeners) {
		return new TranslationListeners(List.copyOf(listeners));
	}

	/**
	 * A session was opened at this replica.
	 * @param upstream the transport the upstream speaks
	 */
	default void opened(Transport upstream) {
	}

	/**
	 * A session this replica held has ended.
	 * @param upstream the transport the upstream speaks
	 * @param end who ended it
	 */
	default void ended(Transport upstream, End end) {
	}

	/**
	 * A message went from one side to the other.
	 * @param upstream the transport the upstream speaks
	 * @param flow which way it went
	 */
	default void translated(Transport upstream, Flow flow) {
	}

	/**
	 * Something was not taken.
	 * @param upstream the transport the upstream speaks
	 * @param why what was wrong with it
	 */
	default void refused(Transport upstream, Refused why) {
	}

	/**
	 * Another stream of the upstream was to take the place of one that was cut.
	 * @param upstream the transport the upstream speaks
	 * @param outcome what came of the attempt
	 */
	default void reopened(Transport upstream, Reopened outcome) {
	}

	/** What came of an attempt to open another stream. */
	enum Reopened {

		/** The session goes on with it. */
		OK,

		/** It does not; there may be another attempt. */
		FAILED

	}

	/** Which way a message goes. */
	enum Flow {

		/** From the client to the upstream. */
		TO_UPSTREAM,

		/** From the upstream to the client. */
		TO_CLIENT

	}

	/** Why a session ended. */
	enum End {

		/** The client left or deleted it. */
		CLIENT_LEFT,

		/** The upstream ended it, or does not know it any more. */
		UPSTREAM_ENDED,

		/** The upstream failed in the middle. */
		UPSTREAM_FAILED,

		/** The client read too slowly. */
		OVERRUN,

		/** Nobody used it for long. */
		IDLE,

		/** The relay lost its channel. */
		RELAY_FAILED,

		/** This replica was stopped. */
		STOPPED

	}

	/** Why something was not taken. */
	enum Refused {

		/** The client named no session. */
		NO_SESSION,

		/** The client named a session that is not there. */
		UNKNOWN_SESSION,

		/** A message was larger than the bound. */
		TOO_LARGE,

		/** A body was no JSON-RPC message. */
		MALFORMED,

		/** A request had the id of one that is not answered yet. */
		DUPLICATE_ID,

		/** An answer of the upstream was for no request we know. */
		UNKNOWN_ID,

		/** The upstream named a message endpoint on another host, or none. */
		ENDPOINT,

		/** There were as many sessions, or requests waiting, as there may be. */
		TOO_MANY

	}

}
