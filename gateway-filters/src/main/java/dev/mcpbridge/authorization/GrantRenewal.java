package dev.mcpbridge.authorization;

import java.time.Duration;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.RefreshOutcome;
import reactor.core.publisher.Mono;

/**
 * Gets upstream tokens that are worth wrapping in a new bridge token. Only a grant that
 * is really over is {@code invalid_grant}; an upstream that does not answer is not.
 */
final class GrantRenewal {

	private final GrantKeeper keeper;

	private final Duration ahead;

	GrantRenewal(GrantKeeper keeper, Duration ahead) {
		this.keeper = keeper;
		this.ahead = ahead;
	}

	/**
	 * Renews a grant that needs it.
	 * @param grant a grant that has not ended
	 * @return the grant as it is now; a {@link TokenRefusal} if the upstream ended it
	 */
	Mono<Grant> renewed(Grant grant) {
		return this.keeper.renewed(grant, this.ahead).map(GrantRenewal::grantOf);
	}

	private static Grant grantOf(RefreshOutcome outcome) {
		if (outcome instanceof RefreshOutcome.Kept kept) {
			return kept.grant();
		}
		if (outcome instanceof RefreshOutcome.Rotated rotated) {
			return rotated.grant();
		}
		if (outcome instanceof RefreshOutcome.Revoked revoked) {
			throw TokenRefusal.ofGrant(RefusalReason.ENDED, revoked.reason());
		}
		throw new OAuthErrorException(
				OAuthError.temporarilyUnavailable("the upstream cannot renew the login right now"));
	}

}
