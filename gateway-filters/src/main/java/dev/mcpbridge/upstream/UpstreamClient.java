package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Instant;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A client of the upstream, bound to the server that issued it: what was got by one
 * server is never redeemed at another, whatever discovery says later.
 *
 * @param clientId the identifier the upstream knows it by
 * @param clientSecret its secret, or {@code null} for a public client
 * @param auth how it proves itself at the token endpoint
 * @param issuer the server that issued it
 * @param tokenEndpoint where its codes and refresh tokens are redeemed
 * @param resource the resource its tokens are for, or {@code null} to send none
 * @param registeredAt when it was registered
 * @param expiresAt when its secret ends, or {@code null} if that is not said
 */
public record UpstreamClient(String clientId, @Nullable Secret clientSecret, TokenEndpointAuth auth, String issuer,
		URI tokenEndpoint, @Nullable URI resource, Instant registeredAt, @Nullable Instant expiresAt) {

	public UpstreamClient {
		if (auth != TokenEndpointAuth.NONE && clientSecret == null) {
			throw new IllegalArgumentException("client secret: none (expected: one, for " + auth.wireName() + ")");
		}
	}

}
