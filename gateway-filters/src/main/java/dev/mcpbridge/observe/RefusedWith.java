package dev.mcpbridge.observe;

import dev.mcpbridge.oauth.OAuthError;

/**
 * What a client is told that gets no tokens.
 */
enum RefusedWith {

	/** What it presented is not good. */
	INVALID_GRANT,

	/** It is not who it says. */
	INVALID_CLIENT,

	/** Anything else. */
	OTHER;

	static RefusedWith of(OAuthError error) {
		return MeterPerWord.word(error.code(), OTHER);
	}

}
