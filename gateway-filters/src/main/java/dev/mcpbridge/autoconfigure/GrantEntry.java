package dev.mcpbridge.autoconfigure;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;

/**
 * A grant as operators see it: nothing in it opens anything.
 *
 * @param id the grant's id, {@code gid} in bridge tokens
 * @param person the pseudonym of the person, {@code sub} in bridge tokens
 * @param client the fingerprint of the {@code client_id}
 * @param clientName what the client calls itself, if it has a name
 * @param scope what the client may do, separated by spaces
 * @param resource the MCP endpoint the client asked for
 * @param authorizedAt when the person allowed it
 * @param generation how often the grant was written
 * @param upstreamIssuedAt when the upstream token was got; {@code null} once it ended
 * @param upstreamExpiresAt when the upstream token ends; {@code null} once it ended
 * @param ended whether nothing can be done with the grant any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantEntry(String id, String person, String client, @Nullable String clientName, String scope, String resource,
		Instant authorizedAt, long generation, @Nullable Instant upstreamIssuedAt, @Nullable Instant upstreamExpiresAt,
		boolean ended) {

	static GrantEntry of(Grant grant, @Nullable String clientName) {
		UpstreamTokens tokens = grant.tokens();
		return new GrantEntry(grant.id(), grant.subject(), GrantSelection.fingerprint(grant.clientId()), clientName,
				grant.scope(), grant.resource(), grant.authorizedAt(), grant.generation(),
				(tokens != null) ? tokens.issuedAt() : null, (tokens != null) ? tokens.expiresAt() : null,
				grant.hasEnded());
	}

}
