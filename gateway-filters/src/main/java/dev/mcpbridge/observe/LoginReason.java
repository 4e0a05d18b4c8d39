package dev.mcpbridge.observe;

/**
 * Why a person has to log in again. An upstream may invent words: those are
 * {@link #OTHER}.
 */
enum LoginReason {

	/** The upstream says that the refresh token is dead. */
	INVALID_GRANT,

	/** The upstream knows our client no more. */
	INVALID_CLIENT,

	/** The upstream forbids our client to refresh. */
	UNAUTHORIZED_CLIENT,

	/** The upstream never gave a refresh token, and the access token ended. */
	NO_REFRESH_TOKEN,

	/** The grant was revoked on purpose. */
	REVOKED,

	/** A code was replayed, or one of our refresh tokens after its grace. */
	REPLAYED,

	/** Anything else, a grant the store has lost among it. */
	OTHER;

	static LoginReason of(String reason) {
		return MeterPerWord.word(reason, OTHER);
	}

}
