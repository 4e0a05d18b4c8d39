package dev.mcpbridge.refresh;

import java.time.Duration;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.Outage;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.UpstreamRevocation;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Redeems the refresh token of a grant and stores what it gave.
 * <p>
 * A dead refresh token may have been killed by a race, so the one before it is tried too.
 * Only answers that can never change end a grant.
 */
public final class Redemption {

	private static final Log log = LogFactory.getLog(Redemption.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	/** However long the upstream asks us to wait, people do not. */
	private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

	private final Grants grants;

	private final TokenRefresher refresher;

	private final Rotations rotations;

	private final GivingBack givingBack;

	private final RefreshListener listener;

	/**
	 * Makes the redemption of one upstream.
	 * @param grants where grants are kept
	 * @param refresher where refresh tokens are redeemed
	 * @param revocation where tokens are given back that came for a grant that had ended
	 * @param listener hears of dead tokens and of tokens that cannot be stored
	 */
	public Redemption(Grants grants, TokenRefresher refresher, UpstreamRevocation revocation,
			RefreshListener listener) {
		this.grants = grants;
		this.refresher = refresher;
		this.rotations = new Rotations(grants, listener);
		this.givingBack = new GivingBack(revocation);
		this.listener = listener;
	}

	/** How long the upstream may take for all it is asked in one redemption. */
	Duration deadline() {
		return this.refresher.deadline();
	}

	Mono<RefreshOutcome> redeem(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		Secret refreshToken = (tokens != null) ? tokens.refreshToken() : null;
		if (tokens == null || refreshToken == null) {
			return end(grant, "no_refresh_token");
		}
		return send(grant, refreshToken)
			.flatMap((answer) -> isDead(answer) ? retry(grant, refreshToken) : settle(grant, refreshToken, answer));
	}

	/** By what was stored meanwhile, else by the token before. */
	private Mono<RefreshOutcome> retry(Grant grant, Secret dead) {
		return this.grants.find(grant.id())
			.filter((found) -> !found.hasTokensOf(grant))
			.map(Redemption::asFound)
			.switchIfEmpty(Mono.defer(() -> fallBack(grant, dead)));
	}

	private Mono<RefreshOutcome> fallBack(Grant grant, Secret dead) {
		Secret previous = grant.previousRefreshToken();
		if (previous == null || previous.equals(dead)) {
			return end(grant, "invalid_grant");
		}
		return send(grant, previous).doOnNext((answer) -> this.listener.fellBack(answer instanceof TokenAnswer.Issued))
			.flatMap((answer) -> settle(grant.fallenBack(), previous, answer));
	}

	private Mono<TokenAnswer> send(Grant grant, Secret refreshToken) {
		return this.refresher.refresh(grant.upstreamClient(), refreshToken);
	}

	private Mono<RefreshOutcome> settle(Grant grant, Secret redeemed, TokenAnswer answer) {
		if (answer instanceof TokenAnswer.Issued issued) {
			return this.rotations.store(grant, withRefreshToken(issued.tokens(), redeemed))
				.switchIfEmpty(Mono.defer(() -> unwanted(grant, issued.tokens())));
		}
		if (answer instanceof TokenAnswer.Refused refused && refused.permanent()) {
			return end(grant, refused.code());
		}
		report(answer);
		return Mono.just(new Unreachable(retryAfter(answer)));
	}

	/** That the upstream is left alone is said once, by whoever leaves it alone. */
	private static void report(TokenAnswer answer) {
		boolean unasked = answer instanceof TokenAnswer.Unavailable unavailable
				&& (unavailable.outage() == Outage.LEFT_ALONE || unavailable.outage() == Outage.CROWDED);
		if (unasked) {
			log.debug("refresh postponed reason=" + answer);
		}
		else {
			log.warn("refresh postponed reason=" + answer);
		}
	}

	/**
	 * Of two rotations, the one that was stored serves. What comes after the end serves
	 * nobody, and must not live on.
	 */
	private Mono<RefreshOutcome> unwanted(Grant grant, UpstreamTokens tokens) {
		return winner(grant).delayUntil((winner) -> (winner instanceof Revoked)
				? this.givingBack.of(grant.upstreamClient(), tokens) : Mono.empty());
	}

	/** The token was dead because somebody else rotated it, if the grant went on. */
	private Mono<RefreshOutcome> end(Grant grant, String reason) {
		return this.grants.end(grant)
			.doOnNext((ended) -> log.warn("grant ended by upstream reason=" + reason))
			.<RefreshOutcome>map((ended) -> new Revoked(reason))
			.switchIfEmpty(Mono.defer(() -> winner(grant)));
	}

	private Mono<RefreshOutcome> winner(Grant grant) {
		return this.grants.find(grant.id()).map(Redemption::asFound).defaultIfEmpty(new Revoked("unknown"));
	}

	private static boolean isDead(TokenAnswer answer) {
		return answer instanceof TokenAnswer.Refused refused && refused.code().equals("invalid_grant");
	}

	private static RefreshOutcome asFound(Grant grant) {
		return grant.hasEnded() ? new Revoked("ended") : new Kept(grant);
	}

	/**
	 * An answer without a refresh token means that the one sent goes on (RFC 6749, 6).
	 */
	private static UpstreamTokens withRefreshToken(UpstreamTokens tokens, Secret redeemed) {
		return (tokens.refreshToken() != null) ? tokens : tokens.withRefreshToken(redeemed);
	}

	private static Duration retryAfter(TokenAnswer answer) {
		@Nullable Duration asked = (answer instanceof TokenAnswer.Unavailable unavailable) ? unavailable.retryAfter() : null;
		if (asked == null || asked.compareTo(RETRY_AFTER) < 0) {
			return RETRY_AFTER;
		}
		return (asked.compareTo(LONGEST_RETRY_AFTER) < 0) ? asked : LONGEST_RETRY_AFTER;
	}

}
