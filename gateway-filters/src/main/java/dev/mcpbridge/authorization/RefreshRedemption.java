package dev.mcpbridge.authorization;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import dev.mcpbridge.authorization.RefreshTokens.RefreshToken;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Redeems our refresh tokens, for the client and the resource they are for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749, section 6</a>
 */
final class RefreshRedemption {

	private final RefreshTokens refreshTokens;

	private final Grants grants;

	private final ResourceRule resources;

	private final TokenRotation rotation;

	private final InstantSource clock;

	RefreshRedemption(RefreshTokens refreshTokens, Grants grants, ResourceRule resources, TokenRotation rotation,
			InstantSource clock) {
		this.refreshTokens = refreshTokens;
		this.grants = grants;
		this.resources = resources;
		this.rotation = rotation;
		this.clock = clock;
	}

	Mono<TokenResponse> redeem(String clientId, RefreshTokenGrant request, @Nullable List<URI> resource) {
		RefreshToken token = this.refreshTokens.open(request.getRefreshToken().getValue()).orElse(null);
		if (token == null) {
			return Mono.error(TokenRefusal.ofRefreshToken(RefusalReason.UNREADABLE));
		}
		if (token.isOver(this.clock.instant())) {
			return Mono.error(over(RefusalReason.EXPIRED));
		}
		return token.grantOf(this.grants)
			.switchIfEmpty(Mono.error(() -> over(RefusalReason.UNKNOWN)))
			.doOnNext((grant) -> check(grant, clientId, resource))
			.flatMap((grant) -> this.rotation.answer(grant, token));
	}

	private void check(Grant grant, String clientId, @Nullable List<URI> resource) {
		if (!grant.clientId().equals(clientId)) {
			throw TokenRefusal.ofRefreshToken(RefusalReason.FOREIGN);
		}
		if (grant.hasEnded()) {
			throw over(RefusalReason.ENDED);
		}
		this.resources.check(grant, resource);
	}

	private static TokenRefusal over(RefusalReason reason) {
		return TokenRefusal.ofGrant(reason, reason.word());
	}

}
