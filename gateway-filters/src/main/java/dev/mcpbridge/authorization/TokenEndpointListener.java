package dev.mcpbridge.authorization;

import java.util.List;

import dev.mcpbridge.oauth.OAuthError;

/**
 * Hears what becomes of the tokens we hand out. Nothing it is told names a grant, a
 * client or a person.
 */
public interface TokenEndpointListener {

	/** Hears nothing. */
	TokenEndpointListener NONE = new TokenEndpointListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static TokenEndpointListener all(List<? extends TokenEndpointListener> listeners) {
		return new TokenEndpointListeners(List.copyOf(listeners));
	}

	/**
	 * A client got tokens.
	 * @param grantType what for: {@code authorization_code} or {@code refresh_token}
	 */
	default void issued(String grantType) {
	}

	/**
	 * A client presented a refresh token that was replaced lately, and got the same
	 * answer again.
	 */
	default void graceServed() {
	}

	/** A refresh token was replayed after the grace, so its grant was ended. */
	default void familyRevoked() {
	}

	/**
	 * A client was refused tokens, or could not prove who it is.
	 * @param error what it was told
	 * @param reason why
	 */
	default void refused(OAuthError error, RefusalReason reason) {
	}

	/**
	 * A grant is over, its client was told so, and its person has to log in again.
	 * @param reason why: {@code expired}, {@code replayed}, {@code ended},
	 * {@code unknown}, or the upstream's error, one of a few
	 */
	default void loginNeeded(String reason) {
	}

}
