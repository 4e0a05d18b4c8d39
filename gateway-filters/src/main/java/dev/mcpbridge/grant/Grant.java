package dev.mcpbridge.grant;

import java.time.Instant;
import java.util.Objects;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;

/**
 * What one person allowed one client: owns the upstream tokens and the upstream client
 * that got them.
 *
 * @param id names the grant in tokens; says nothing about the person
 * @param subject a pseudonym of the person, the same for all their grants
 * @param clientId the client it was given to
 * @param scope what the client may do, separated by spaces; empty if nobody says
 * @param resource the MCP endpoint the client asked for
 * @param authorizedAt when the person allowed it
 * @param upstreamClient who we are at the upstream for this grant
 * @param tokens the newest upstream tokens; {@code null} once the grant ended
 * @param previousRefreshToken what the newest refresh token was got with, or {@code null}
 * if there was none: the upstream may still take it when a race killed the newest
 * @param generation how often the grant was written; grows with each rotation
 */
public record Grant(String id, String subject, String clientId, String scope, String resource, Instant authorizedAt,
		UpstreamClient upstreamClient, @Nullable UpstreamTokens tokens, @Nullable Secret previousRefreshToken,
		long generation) {

	/**
	 * Tells whether nothing can be done with this grant any more.
	 * @return whether it ended
	 */
	public boolean hasEnded() {
		return this.tokens == null;
	}

	/**
	 * Tells whether two sightings of a grant are of the same tokens. There are upstreams
	 * that renew an access token without changing it.
	 * @param other the grant as it was seen another time
	 * @return whether the access token is the same, of the same generation
	 */
	public boolean hasTokensOf(Grant other) {
		Secret mine = (this.tokens != null) ? this.tokens.accessToken() : null;
		Secret theirs = (other.tokens != null) ? other.tokens.accessToken() : null;
		return this.generation == other.generation && Objects.equals(mine, theirs);
	}

	/**
	 * Returns the grant with the refresh token before as its newest, for the newest is
	 * dead: the next rotation is one of that token.
	 * @return the grant; itself if it has no tokens, or there is no token before
	 */
	public Grant fallenBack() {
		return (this.tokens == null || this.previousRefreshToken == null) ? this
				: new Grant(this.id, this.subject, this.clientId, this.scope, this.resource, this.authorizedAt,
						this.upstreamClient, this.tokens.withRefreshToken(this.previousRefreshToken),
						this.previousRefreshToken, this.generation);
	}

	/**
	 * Returns the grant after its tokens were rotated.
	 * @param rotated the new tokens
	 * @return the next generation
	 */
	Grant next(@Nullable UpstreamTokens rotated) {
		return new Grant(this.id, this.subject, this.clientId, this.scope, this.resource, this.authorizedAt,
				this.upstreamClient, rotated, (rotated != null) ? replacedBy(rotated) : null, this.generation + 1);
	}

	/** An upstream that keeps its refresh token replaces nothing. */
	private @Nullable Secret replacedBy(UpstreamTokens rotated) {
		Secret newest = (this.tokens != null) ? this.tokens.refreshToken() : null;
		return Objects.equals(newest, rotated.refreshToken()) ? this.previousRefreshToken : newest;
	}

	@Override
	public String toString() {
		return "Grant[generation=%d, ended=%s]".formatted(this.generation, hasEnded());
	}

}
