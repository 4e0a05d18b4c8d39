package dev.mcpbridge.authorization;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for, once it was found in order. It travels sealed through the
 * person's browser.
 *
 * @param clientId the client
 * @param redirectUri where it wants its answer
 * @param state what it wants back with the answer
 * @param codeChallenge the S256 challenge its code is bound to
 * @param scope what it may do, separated by spaces
 * @param resource the MCP endpoint it wants to use
 */
record RequestedAuthorization(@JsonProperty("c") String clientId, @JsonProperty("r") String redirectUri,
		@JsonProperty("s") @Nullable String state, @JsonProperty("p") String codeChallenge,
		@JsonProperty("o") String scope, @JsonProperty("a") String resource) {

	/** The longest request, in characters, that a cookie has room for. */
	static final int MAX_LENGTH = 2000;

	boolean isTooLong() {
		int free = (this.state != null) ? this.state.length() : 0;
		int rest = this.clientId.length() + this.redirectUri.length() + this.codeChallenge.length()
				+ this.scope.length() + this.resource.length();
		return free + rest > MAX_LENGTH;
	}

}
