package dev.mcpbridge.observe;

/**
 * What a client got tokens for.
 */
enum IssuedFor {

	/** A code: somebody logged in. */
	AUTHORIZATION_CODE,

	/** A refresh token of ours. */
	REFRESH_TOKEN,

	/** Anything else. */
	OTHER;

	static IssuedFor of(String grantType) {
		return MeterPerWord.word(grantType, OTHER);
	}

}
