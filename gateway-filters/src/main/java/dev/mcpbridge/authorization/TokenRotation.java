package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;

import dev.mcpbridge.authorization.RefreshTokens.RefreshToken;
import dev.mcpbridge.authorization.TokenFamilies.Stored;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.GrantListener.RevokedBy;
import dev.mcpbridge.refresh.GrantRevocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Replaces the newest refresh token of a family. One that was replaced lately gets the
 * same answer again, from every replica: clients repeat themselves when an answer was
 * lost, or when two of their windows refresh at once. One that was replaced before that
 * ends the grant.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2">RFC 9700, section
 * 4.14.2</a>
 */
final class TokenRotation {

	private static final Log log = LogFactory.getLog(TokenRotation.class);

	/** Who lost to another writer reads what that one wrote; nobody loses forever. */
	private static final int MAX_TRIES = 20;

	private final TokenFamilies families;

	private final RefreshTokens refreshTokens;

	private final TokenResponses responses;

	private final GrantRenewal renewal;

	private final GrantRevocation revocation;

	private final Duration grace;

	private final TokenEndpointListener listener;

	private final InstantSource clock;

	TokenRotation(TokenFamilies families, RefreshTokens refreshTokens, TokenResponses responses, GrantRenewal renewal,
			GrantRevocation revocation, Duration grace, TokenEndpointListener listener, InstantSource clock) {
		this.families = families;
		this.refreshTokens = refreshTokens;
		this.responses = responses;
		this.renewal = renewal;
		this.revocation = revocation;
		this.grace = grace;
		this.listener = listener;
		this.clock = clock;
	}

	/**
	 * Answers a refresh token.
	 * @param grant its grant, which has not ended
	 * @param token the token
	 * @return the answer; a {@link TokenRefusal} if there is none
	 */
	Mono<TokenResponse> answer(Grant grant, RefreshToken token) {
		Instant presented = this.clock.instant();
		return Mono.defer(() -> this.families.find(grant.id()))
			.flatMap((stored) -> answer(grant, token, presented, stored))
			.repeatWhenEmpty(MAX_TRIES, Function.identity());
	}

	/** Empty if somebody else wrote first. */
	private Mono<TokenResponse> answer(Grant grant, RefreshToken token, Instant presented, Stored stored) {
		return switch (stored.placeOf(token.number(), presented, this.grace)) {
			case NEWEST -> rotate(grant, token, stored);
			case REPLACED -> repeat(grant, stored).doOnNext((answer) -> this.listener.graceServed());
			case REPLAYED -> revoke(grant);
			case FORGOTTEN -> Mono.error(() -> TokenRefusal.ofRefreshToken(RefusalReason.UNKNOWN));
		};
	}

	private Mono<TokenResponse> rotate(Grant grant, RefreshToken token, Stored stored) {
		return this.renewal.renewed(grant)
			.map((renewed) -> this.responses.wrap(renewed, this.refreshTokens.make(renewed, token.number() + 1)))
			.filterWhen((answer) -> this.families.replace(grant.id(), stored, replaced(stored, token, answer)));
	}

	private TokenFamily replaced(Stored stored, RefreshToken token, TokenResponse answer) {
		TokenFamily family = stored.family();
		Instant now = this.clock.instant();
		return (family != null) ? family.replaced(token.number(), answer, now, this.grace)
				: TokenFamily.after(token.number(), answer, now);
	}

	private Mono<TokenResponse> repeat(Grant grant, Stored stored) {
		TokenFamily family = Objects.requireNonNull(stored.family());
		if (family.answer().isWorthGiving(this.clock.instant())) {
			return Mono.just(family.answer());
		}
		return this.renewal.renewed(grant)
			.map((renewed) -> this.responses.wrap(renewed, family.answer().refreshToken()))
			.filterWhen((answer) -> this.families.replace(grant.id(), stored, family.answering(answer)));
	}

	private Mono<TokenResponse> revoke(Grant grant) {
		return this.revocation.revoke(grant.id(), RevokedBy.TOKEN_REPLAY).flatMap((revoked) -> {
			if (revoked) {
				log.warn("grant ended reason=refresh_token_replayed");
				this.listener.familyRevoked();
			}
			return Mono.error(TokenRefusal.ofGrant(RefusalReason.REPLAYED, RefusalReason.REPLAYED.word()));
		});
	}

}
