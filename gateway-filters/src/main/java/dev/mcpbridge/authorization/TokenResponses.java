package dev.mcpbridge.authorization;

import java.time.InstantSource;

import dev.mcpbridge.bridge.BridgeTokenIssuer;
import dev.mcpbridge.bridge.MintedToken;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Wraps a grant's newest tokens for its client.
 */
final class TokenResponses {

	private final BridgeTokenIssuer issuer;

	private final RefreshTokens refreshTokens;

	private final TokenFamilies families;

	private final InstantSource clock;

	TokenResponses(BridgeTokenIssuer issuer, RefreshTokens refreshTokens, TokenFamilies families, InstantSource clock) {
		this.issuer = issuer;
		this.refreshTokens = refreshTokens;
		this.families = families;
		this.clock = clock;
	}

	/**
	 * Makes the first answer for a grant. With a refresh token a family begins.
	 * @param grant a new grant
	 * @return the answer, once its family is stored
	 */
	Mono<TokenResponse> first(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null || tokens.refreshToken() == null) {
			return Mono.fromSupplier(() -> wrap(grant, null));
		}
		return Mono.fromSupplier(() -> wrap(grant, this.refreshTokens.make(grant, 1)))
			.delayUntil((answer) -> this.families.replace(grant.id(), TokenFamilies.Stored.NONE,
					TokenFamily.begun(answer)));
	}

	/**
	 * Makes an answer.
	 * @param grant a grant that has not ended
	 * @param refreshToken the refresh token that goes with it
	 * @return the answer
	 */
	TokenResponse wrap(Grant grant, @Nullable Secret refreshToken) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			throw new IllegalStateException("a grant that ended cannot be wrapped");
		}
		long now = this.clock.instant().getEpochSecond();
		MintedToken minted = this.issuer.mint(grant, tokens);
		return new TokenResponse(minted.jwt(), now, minted.expiresAt().getEpochSecond(), refreshToken, grant.scope());
	}

}
