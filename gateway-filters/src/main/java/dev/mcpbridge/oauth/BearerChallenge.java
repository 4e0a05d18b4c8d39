package dev.mcpbridge.oauth;

import java.net.URI;

/**
 * The {@code WWW-Authenticate} value that sends a client to our front desk, never to the
 * upstream's.
 *
 * @param error why the request was refused
 * @param resourceMetadata where the resource describes itself (RFC 9728, section 5.1)
 * @param scope what a token would have to allow, separated by spaces; empty if another
 * scope would not help
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
 */
public record BearerChallenge(OAuthError error, URI resourceMetadata, String scope) {

	/**
	 * Makes a challenge that any good token meets.
	 * @param error why the request was refused
	 * @param resourceMetadata where the resource describes itself
	 */
	public BearerChallenge(OAuthError error, URI resourceMetadata) {
		this(error, resourceMetadata, "");
	}

	/**
	 * Returns the header value.
	 * @return the challenge as it goes on the wire
	 */
	public String headerValue() {
		String wanted = this.scope.isEmpty() ? "" : "scope=\"%s\", ".formatted(this.scope);
		return "Bearer realm=\"OAuth\", error=\"%s\", error_description=\"%s\", %sresource_metadata=\"%s\""
			.formatted(this.error.code(), this.error.description(), wanted, this.resourceMetadata);
	}

}
