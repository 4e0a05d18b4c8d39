package dev.mcpbridge.translation.sseclients;

/**
 * What there is to send a client's message in.
 */
sealed interface Begun {

	/**
	 * A session, or none because the client is about to begin it.
	 *
	 * @param session what is known of it
	 */
	record Session(StreamableSession session) implements Begun {

	}

	/**
	 * The upstream begins none.
	 *
	 * @param answer what the client is told instead
	 */
	record Refused(PostAnswer answer) implements Begun {

	}

}
