package dev.mcpbridge.grant;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.TokenEndpointAuth;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;

/**
 * Grants for tests.
 */
public final class TestGrants {

	/** The resource of the grants. */
	public static final String RESOURCE = "http://localhost:8080/mcp";

	private TestGrants() {
	}

	/**
	 * Makes a grant of the first generation.
	 * @param id its id
	 * @param tokens its tokens
	 * @return the grant
	 */
	public static Grant grant(String id, UpstreamTokens tokens) {
		return grant(id, tokens, URI.create("http://localhost:1/v1/token"));
	}

	/**
	 * Makes a grant of the first generation.
	 * @param id its id
	 * @param tokens its tokens
	 * @param tokenEndpoint where its refresh tokens are redeemed
	 * @return the grant
	 */
	public static Grant grant(String id, UpstreamTokens tokens, URI tokenEndpoint) {
		UpstreamClient client = new UpstreamClient("upstream-client", Secret.of("upstream-secret"),
				TokenEndpointAuth.POST, "https://upstream.example", tokenEndpoint, null, tokens.issuedAt(), null);
		return new Grant(id, "subject", "client", "read write", RESOURCE, tokens.issuedAt(), client, tokens, null, 1);
	}

	/**
	 * Makes tokens.
	 * @param accessToken the access token
	 * @param refreshToken the refresh token, or {@code null}
	 * @param issuedAt when they were issued
	 * @param lifetime how long they live
	 * @return the tokens
	 */
	public static UpstreamTokens tokens(String accessToken, @Nullable String refreshToken, Instant issuedAt,
			Duration lifetime) {
		return new UpstreamTokens(Secret.of(accessToken), (refreshToken != null) ? Secret.of(refreshToken) : null,
				issuedAt, issuedAt.plus(lifetime), Set.of(), "Bearer");
	}

}
