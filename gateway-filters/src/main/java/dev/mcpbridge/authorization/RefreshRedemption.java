package dev.mcpbridge.authorization;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.RefreshOutcome;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Redeems our refresh tokens: the newest upstream tokens in a new bridge token, and a new
 * refresh token. Only a grant that is really over is {@code invalid_grant}; an upstream
 * that does not answer is not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749, section 6</a>
 */
final class RefreshRedemption {

	private final RefreshTokens refreshTokens;

	private final Grants grants;

	private final GrantKeeper keeper;

	private final ResourceRule resources;

	private final TokenResponses responses;

	private final Duration ahead;

	RefreshRedemption(RefreshTokens refreshTokens, Grants grants, GrantKeeper keeper, ResourceRule resources,
			TokenResponses responses, Duration ahead) {
		this.refreshTokens = refreshTokens;
		this.grants = grants;
		this.keeper = keeper;
		this.resources = resources;
		this.responses = responses;
		this.ahead = ahead;
	}

	Mono<TokenResponse> redeem(String clientId, RefreshTokenGrant request, @Nullable List<URI> resource) {
		RefreshTokens.RefreshToken token = this.refreshTokens.open(request.getRefreshToken().getValue()).orElse(null);
		if (token == null) {
			return Mono.error(dead());
		}
		return this.grants.find(token.grantId())
			.filter((grant) -> grant.clientId().equals(clientId))
			.switchIfEmpty(Mono.error(RefreshRedemption::dead))
			.doOnNext((grant) -> this.resources.check(grant, resource))
			.flatMap((grant) -> this.keeper.renewed(grant, this.ahead))
			.map(RefreshRedemption::grantOf)
			.flatMap((grant) -> this.responses.next(grant, token))
			.switchIfEmpty(Mono.error(RefreshRedemption::dead));
	}

	private static Grant grantOf(RefreshOutcome outcome) {
		if (outcome instanceof RefreshOutcome.Kept kept) {
			return kept.grant();
		}
		if (outcome instanceof RefreshOutcome.Rotated rotated) {
			return rotated.grant();
		}
		if (outcome instanceof RefreshOutcome.Unreachable) {
			throw new OAuthErrorException(
					OAuthError.temporarilyUnavailable("the upstream cannot renew the login right now"));
		}
		throw dead();
	}

	private static OAuthErrorException dead() {
		return new OAuthErrorException(
				OAuthError.invalidGrant("the refresh token is invalid, expired, used, revoked, or not this client's"));
	}

}
