package dev.mcpbridge.observe;

/**
 * Why a client is told that its person has to log in. An upstream may invent words: those
 * are {@link #OTHER}.
 */
enum ToldReason {

	/** Its refresh token was not used for too long. */
	EXPIRED,

	/** Its refresh token was replayed after the grace. */
	REPLAYED,

	/** The grant had ended before. */
	ENDED,

	/** The store has lost the grant. */
	UNKNOWN,

	/** The upstream says just now that its refresh token is dead. */
	INVALID_GRANT,

	/** The upstream knows our client no more. */
	INVALID_CLIENT,

	/** The upstream forbids our client to refresh. */
	UNAUTHORIZED_CLIENT,

	/** The upstream never gave a refresh token, and the access token ended. */
	NO_REFRESH_TOKEN,

	/** Anything else. */
	OTHER;

	static ToldReason of(String reason) {
		return MeterPerWord.word(reason, OTHER);
	}

}
