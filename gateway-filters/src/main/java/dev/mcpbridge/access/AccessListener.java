package dev.mcpbridge.access;

import java.util.List;

/**
 * Hears what the gate decides. Nothing it is told names a grant, a token or a person.
 */
public interface AccessListener {

	/** Hears nothing. */
	AccessListener NONE = new AccessListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static AccessListener all(List<? extends AccessListener> listeners) {
		return new AccessListeners(List.copyOf(listeners));
	}

	/**
	 * A request is answered with the challenge.
	 * @param why what was wrong with its token
	 */
	default void challenged(Challenge why) {
	}

	/**
	 * A request is answered with 503, since nobody can tell now what its token is worth.
	 * @param what gave no answer
	 */
	default void unavailable(Outage what) {
	}

	/**
	 * The upstream refused a token before its end, and another one was asked for.
	 * @param outcome what came of it
	 */
	default void forcedRefresh(ForcedRefresh outcome) {
	}

	/**
	 * A refused request was sent once more.
	 * @param why what was different this time
	 * @param accepted whether the upstream took it; anything but 401 is taken
	 */
	default void replayed(Replay why, boolean accepted) {
	}

	/** A refused request was not sent once more, because its body is not kept. */
	default void notReplayable() {
	}

	/**
	 * The upstream token sealed inside a bridge token serves.
	 * @param why what was wrong with the grant
	 */
	default void carriedServed(Carried why) {
	}

	/** Why a request was challenged. */
	enum Challenge {

		/** It brought no token. */
		MISSING,

		/** Its token is not good, or not any more. */
		INVALID,

		/** The grant behind its token has ended. */
		REVOKED,

		/** The upstream refuses the token behind its token. */
		UPSTREAM

	}

	/** What gave no answer. */
	enum Outage {

		/** The upstream's token endpoint. */
		REFRESH,

		/** The store of grants. */
		STORE,

		/** What opens bridge tokens, such as the keys of a trusted issuer. */
		KEYS

	}

	/** What came of asking for another token. */
	enum ForcedRefresh {

		/** The token was renewed. */
		ROTATED,

		/** Somebody else had renewed it meanwhile. */
		FOUND_NEWER,

		/** There is no other token to be had now. */
		NOTHING_NEWER,

		/** The grant has ended. */
		REVOKED,

		/** Nobody could tell. */
		UNREACHABLE

	}

	/** What was different when a request was sent once more. */
	enum Replay {

		/** Only the time: the token is so young that the upstream may not know it yet. */
		JUST_MINTED,

		/** The token. */
		REFRESHED

	}

	/** What was wrong with a grant whose sealed token serves. */
	enum Carried {

		/** The store has lost it. */
		LOST,

		/** The store did not answer. */
		UNANSWERED

	}

}
