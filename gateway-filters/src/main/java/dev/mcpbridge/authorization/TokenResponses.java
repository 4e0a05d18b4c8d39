package dev.mcpbridge.authorization;

import java.time.Duration;
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

	private final InstantSource clock;

	TokenResponses(BridgeTokenIssuer issuer, RefreshTokens refreshTokens, InstantSource clock) {
		this.issuer = issuer;
		this.refreshTokens = refreshTokens;
		this.clock = clock;
	}

	Mono<TokenResponse> first(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null || tokens.refreshToken() == null) {
			return Mono.fromSupplier(() -> wrap(grant, null));
		}
		return this.refreshTokens.first(grant.id()).map((refreshToken) -> wrap(grant, refreshToken));
	}

	/** Empty if the refresh token was replaced before. */
	Mono<TokenResponse> next(Grant grant, RefreshTokens.RefreshToken token) {
		return this.refreshTokens.successor(token).map((refreshToken) -> wrap(grant, refreshToken));
	}

	private TokenResponse wrap(Grant grant, @Nullable String refreshToken) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			throw new IllegalStateException("a grant that ended cannot be wrapped");
		}
		MintedToken minted = this.issuer.mint(grant, tokens);
		long expiresIn = Duration.between(this.clock.instant(), minted.expiresAt()).toSeconds();
		return new TokenResponse(minted.jwt(), Math.max(0, expiresIn),
				(refreshToken != null) ? Secret.of(refreshToken) : null, grant.scope());
	}

}
