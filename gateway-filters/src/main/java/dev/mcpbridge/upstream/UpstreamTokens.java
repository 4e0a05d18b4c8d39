package dev.mcpbridge.upstream;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The tokens the upstream gave.
 *
 * @param accessToken the access token
 * @param refreshToken the refresh token, or {@code null} if there is none: after a
 * refresh, the one that was sent stays the current one
 * @param issuedAt when the tokens were asked for
 * @param expiresAt when the access token ends, counted from {@code issuedAt}
 * @param scope what was granted; empty if that is what was asked for
 * @param tokenType how the access token is presented, as the upstream spells it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749, section
 * 5.1</a>
 */
public record UpstreamTokens(Secret accessToken, @Nullable Secret refreshToken, Instant issuedAt, Instant expiresAt,
		Set<String> scope, String tokenType) {

	public UpstreamTokens {
		scope = Collections.unmodifiableSet(new LinkedHashSet<>(scope));
	}

	/**
	 * Returns the tokens with a refresh token that goes on.
	 * @param other the refresh token
	 * @return the tokens
	 */
	public UpstreamTokens withRefreshToken(Secret other) {
		return new UpstreamTokens(this.accessToken, other, this.issuedAt, this.expiresAt, this.scope, this.tokenType);
	}

}
