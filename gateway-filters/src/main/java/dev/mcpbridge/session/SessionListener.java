package dev.mcpbridge.session;

import java.util.List;

/**
 * Hears of sessions. Nothing it is told names a session, a token or a person.
 */
public interface SessionListener {

	/** Hears nothing. */
	SessionListener NONE = new SessionListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static SessionListener all(List<? extends SessionListener> listeners) {
		return new SessionListeners(List.copyOf(listeners));
	}

	/**
	 * A session is used: its owner was given its id, or has shown it.
	 * @param mark tells this session from others, and cannot be traced to it
	 */
	default void used(String mark) {
	}

	/**
	 * A request is answered as one for a session that is not there.
	 * @param why what was wrong with the id it showed
	 */
	default void rejected(Rejection why) {
	}

	/** What is wrong with a session id. */
	enum Rejection {

		/** It has no mark, or there are several: it never left here. */
		UNMARKED,

		/** Its mark is somebody else's, or of a key that is gone, or made up. */
		FOREIGN

	}

}
