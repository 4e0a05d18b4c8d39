package dev.mcpbridge.translation.sseupstream;

/**
 * What came of opening the upstream's stream.
 */
sealed interface Opening {

	/**
	 * It is open, and the session has a channel.
	 *
	 * @param note what is known of the session
	 */
	record Opened(SessionNote note) implements Opening {

	}

	/**
	 * The upstream did not open it.
	 *
	 * @param reply what it said instead
	 */
	record Refused(UpstreamReply reply) implements Opening {

	}

}
