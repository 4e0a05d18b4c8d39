package dev.mcpbridge.authorization;

import dev.mcpbridge.oauth.OAuthError;

/**
 * What became of reading an authorization request: it decides who may hear of an error.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749, section
 * 4.1.2.1</a>
 */
sealed interface AuthorizationReading {

	/**
	 * Nothing may be redirected: the person sees the error.
	 *
	 * @param error what is wrong
	 */
	record Unproven(OAuthError error) implements AuthorizationReading {

	}

	/**
	 * The client gets the error.
	 *
	 * @param to the client that asked
	 * @param error what is wrong
	 */
	record Faulty(ProvenClient to, OAuthError error) implements AuthorizationReading {

	}

	/**
	 * All is in order.
	 *
	 * @param by the client that asked
	 * @param requested what it asked for
	 */
	record Accepted(ProvenClient by, RequestedAuthorization requested) implements AuthorizationReading {

	}

}
