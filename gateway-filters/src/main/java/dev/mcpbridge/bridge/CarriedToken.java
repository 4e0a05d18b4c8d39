package dev.mcpbridge.bridge;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.secret.Secret;

/**
 * What the sealed claim of a bridge token holds.
 *
 * @param token the upstream access token
 * @param expiresAt when it ends, in seconds since 1970
 */
record CarriedToken(@JsonProperty("t") Secret token, @JsonProperty("e") long expiresAt) {

	/** The claim, by the name the bridge we replace gave it. */
	static final String CLAIM = "atlassian_access_token";

	/** The purpose its box is for. */
	static final String PURPOSE = "upstream-token";

}
