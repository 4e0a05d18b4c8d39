package dev.mcpbridge.oauth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error a client may see: the code of an RFC, a sentence for people, and the HTTP
 * status it leaves with.
 *
 * @param code the error code, such as {@code invalid_grant}
 * @param description one sentence without any secret, in the characters RFC 6749 allows
 * @param status the HTTP status
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section
 * 5.2</a>
 */
public record OAuthError(String code, String description, int status) {

	public OAuthError {
		description = description.replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "'");
	}

	/**
	 * The bearer token is missing, malformed, expired, revoked or not ours.
	 * @param description what is wrong
	 * @return a 401 of RFC 6750, section 3.1
	 */
	public static OAuthError invalidToken(String description) {
		return new OAuthError("invalid_token", description, 401);
	}

	/**
	 * The token is good, but does not allow this; another one might.
	 * @param description what it does not allow, for people
	 * @return the error, status 403
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, section
	 * 3.1</a>
	 */
	public static OAuthError insufficientScope(String description) {
		return new OAuthError("insufficient_scope", description, 403);
	}

	/**
	 * A parameter is missing, repeated or malformed.
	 * @param description what is wrong
	 * @return a 400 of RFC 6749
	 */
	public static OAuthError invalidRequest(String description) {
		return new OAuthError("invalid_request", description, 400);
	}

	/**
	 * The client is unknown or failed to authenticate. Clients register again on this
	 * answer, and only on a 401.
	 * @param description what is wrong
	 * @return a 401 of RFC 6749, section 5.2
	 */
	public static OAuthError invalidClient(String description) {
		return new OAuthError("invalid_client", description, 401);
	}

	/**
	 * The code or refresh token is unknown, expired, used, revoked, or another client's.
	 * @param description what is wrong
	 * @return a 400 of RFC 6749, section 5.2
	 */
	public static OAuthError invalidGrant(String description) {
		return new OAuthError("invalid_grant", description, 400);
	}

	/**
	 * The {@code resource} is not one of ours.
	 * @param description what is wrong
	 * @return a 400 of RFC 8707, section 2
	 */
	public static OAuthError invalidTarget(String description) {
		return new OAuthError("invalid_target", description, 400);
	}

	/**
	 * A redirect URI may not be registered or used.
	 * @param description what is wrong
	 * @return a 400 of RFC 7591, section 3.2.2
	 */
	public static OAuthError invalidRedirectUri(String description) {
		return new OAuthError("invalid_redirect_uri", description, 400);
	}

	/**
	 * The client's metadata cannot be registered.
	 * @param description what is wrong
	 * @return a 400 of RFC 7591, section 3.2.2
	 */
	public static OAuthError invalidClientMetadata(String description) {
		return new OAuthError("invalid_client_metadata", description, 400);
	}

	/**
	 * The person, or the upstream for them, said no.
	 * @param description what is wrong
	 * @return a 403 of RFC 6749, section 4.1.2.1
	 */
	public static OAuthError accessDenied(String description) {
		return new OAuthError("access_denied", description, 403);
	}

	/**
	 * Something behind us cannot answer now; the client's login is as good as before.
	 * @param description what is wrong
	 * @return a 503 of RFC 6749, section 4.1.2.1
	 */
	public static OAuthError temporarilyUnavailable(String description) {
		return new OAuthError("temporarily_unavailable", description, 503);
	}

	/**
	 * Returns the JSON members of the error.
	 * @return {@code error} and {@code error_description}
	 */
	public Map<String, String> members() {
		Map<String, String> members = new LinkedHashMap<>();
		members.put("error", this.code);
		members.put("error_description", this.description);
		return members;
	}

	/**
	 * Returns this error with another status.
	 * @param other the HTTP status
	 * @return the same error
	 */
	public OAuthError withStatus(int other) {
		return new OAuthError(this.code, this.description, other);
	}

}
