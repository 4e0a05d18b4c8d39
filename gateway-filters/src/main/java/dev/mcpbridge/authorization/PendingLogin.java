package dev.mcpbridge.authorization;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamClient;

/**
 * A login that is at the upstream's page. It waits, sealed, in a cookie of the person's
 * browser, so it survives our restart and opens nowhere else.
 *
 * @param id the same as in the {@code state} that comes back
 * @param requested what the client asked for
 * @param upstreamClient who we are at the upstream for this login
 * @param verifier our own PKCE secret toward the upstream
 */
record PendingLogin(@JsonProperty("i") String id, @JsonProperty("r") RequestedAuthorization requested,
		@JsonProperty("u") UpstreamClient upstreamClient, @JsonProperty("v") Secret verifier) {

}
