package dev.mcpbridge.refresh;

import java.time.Duration;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Rotated;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.UpstreamTokenEndpoint;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Redeems one refresh token and stores what it gave.
 * <p>
 * The grant is read again first, since somebody else may be done already. Only an answer
 * that can never change ends a grant.
 */
public final class Redemption {

	private static final Log log = LogFactory.getLog(Redemption.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	/** However long the upstream asks us to wait, people do not. */
	private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

	/** What the upstream rotated and we do not store may be a lost login. */
	private static final Retry STORING = Retry.backoff(5, Duration.ofMillis(100));

	private final Grants grants;

	private final UpstreamTokenEndpoint tokenEndpoint;

	/**
	 * Makes the redemption of one upstream.
	 * @param grants where grants are kept
	 * @param tokenEndpoint where refresh tokens are redeemed
	 */
	public Redemption(Grants grants, UpstreamTokenEndpoint tokenEndpoint) {
		this.grants = grants;
		this.tokenEndpoint = tokenEndpoint;
	}

	Mono<RefreshOutcome> redeem(Grant known) {
		return this.grants.find(known.id())
			.flatMap((grant) -> (grant.generation() != known.generation()) ? Mono.just(asFound(grant))
					: redeemNewest(grant))
			.defaultIfEmpty(new Revoked("unknown"));
	}

	private Mono<RefreshOutcome> redeemNewest(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		Secret refreshToken = (tokens != null) ? tokens.refreshToken() : null;
		if (tokens == null || refreshToken == null) {
			return end(grant, "no_refresh_token");
		}
		return this.tokenEndpoint.refresh(grant.upstreamClient(), refreshToken)
			.flatMap((answer) -> settle(grant, refreshToken, answer));
	}

	private Mono<RefreshOutcome> settle(Grant grant, Secret redeemed, TokenAnswer answer) {
		if (answer instanceof TokenAnswer.Issued issued) {
			return store(grant, withRefreshToken(issued.tokens(), redeemed));
		}
		if (answer instanceof TokenAnswer.Refused refused && refused.permanent()) {
			return end(grant, refused.code());
		}
		log.warn("refresh postponed reason=" + answer);
		return Mono.just(new Unreachable(retryAfter(answer)));
	}

	private Mono<RefreshOutcome> store(Grant grant, UpstreamTokens tokens) {
		return this.grants.rotate(grant, tokens)
			.retryWhen(STORING)
			.<RefreshOutcome>map(Rotated::new)
			.switchIfEmpty(Mono.defer(() -> winner(grant)));
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
