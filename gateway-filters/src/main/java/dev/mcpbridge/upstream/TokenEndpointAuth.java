package dev.mcpbridge.upstream;

import org.jspecify.annotations.Nullable;

/**
 * How a client of the upstream proves itself at the token endpoint.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-2">RFC 7591, section 2</a>
 */
public enum TokenEndpointAuth {

	/** By nothing: a public client. */
	NONE("none"),

	/** By its secret in the {@code Authorization} header. */
	BASIC("client_secret_basic"),

	/** By its secret in the form. */
	POST("client_secret_post");

	private final String wireName;

	TokenEndpointAuth(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Returns the name registered for this method.
	 * @return the value of {@code token_endpoint_auth_method}
	 */
	public String wireName() {
		return this.wireName;
	}

	static @Nullable TokenEndpointAuth of(@Nullable String wireName) {
		for (TokenEndpointAuth method : values()) {
			if (method.wireName.equals(wireName)) {
				return method;
			}
		}
		return null;
	}

	/** The method of a client with a secret that was not told which one to use. */
	static TokenEndpointAuth withSecret(UpstreamServer server) {
		return (!server.offers(BASIC) && server.offers(POST)) ? POST : BASIC;
	}

}
