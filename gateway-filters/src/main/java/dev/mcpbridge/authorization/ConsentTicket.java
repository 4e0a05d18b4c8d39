package dev.mcpbridge.authorization;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A request the person is being asked about; it opens in their browser only.
 *
 * @param requested what the client asked for
 * @param browser the fingerprint of the browser's cookie
 * @param expiresAt when the question is void, in seconds since 1970
 */
record ConsentTicket(@JsonProperty("r") RequestedAuthorization requested, @JsonProperty("b") String browser,
		@JsonProperty("e") long expiresAt) {

}
