package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.upstream.UpstreamTokens;
import reactor.core.publisher.Mono;

/**
 * Keeps the upstream tokens of grants fresh, ahead of their end.
 * <p>
 * While a token still serves, nobody waits for its successor; once it does not, all wait
 * for the one refresh in flight.
 */
public final class GrantKeeper {

	private final Refreshes refreshes;

	private final InstantSource clock;

	/**
	 * Makes a keeper.
	 * @param refreshes how tokens are renewed, one flight at a time for each grant
	 * @param clock tells what is fresh
	 */
	public GrantKeeper(Refreshes refreshes, InstantSource clock) {
		this.refreshes = refreshes;
		this.clock = clock;
	}

	/**
	 * Returns the grant with tokens that serve now.
	 * @param grant the grant as it was found
	 * @param ahead how long before its end a token is renewed
	 * @return the outcome; never an error
	 */
	public Mono<RefreshOutcome> fresh(Grant grant, Duration ahead) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			return Mono.just(new Revoked("ended"));
		}
		return switch (freshness(grant, tokens, ahead)) {
			case FRESH -> Mono.just(new Kept(grant));
			case AGEING -> {
				this.refreshes.launch(grant);
				yield Mono.just(new Kept(grant));
			}
			case STALE -> flight(grant, tokens);
		};
	}

	/**
	 * Returns the grant with tokens that serve for a while: an ageing one is renewed
	 * first. If that fails, what still serves for a while is kept.
	 * @param grant the grant as it was found
	 * @param ahead how long before its end a token is renewed
	 * @return the outcome; never an error
	 */
	public Mono<RefreshOutcome> renewed(Grant grant, Duration ahead) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			return Mono.just(new Revoked("ended"));
		}
		return switch (freshness(grant, tokens, ahead)) {
			case FRESH -> Mono.just(new Kept(grant));
			case AGEING -> flight(grant, tokens);
			case STALE -> this.refreshes.flight(grant);
		};
	}

	/**
	 * Returns the grant with other tokens than those the upstream has just refused,
	 * although their time is not over.
	 * @param grant the grant whose access token was refused
	 * @return the outcome; {@link Kept} with the same tokens if there are no others to be
	 * had now; never an error
	 */
	public Mono<RefreshOutcome> rejected(Grant grant) {
		return (grant.tokens() != null) ? this.refreshes.flight(grant) : Mono.just(new Revoked("ended"));
	}

	/** Without an answer from the upstream, a token is kept to its very end. */
	private Mono<RefreshOutcome> flight(Grant grant, UpstreamTokens tokens) {
		return this.refreshes.flight(grant).map((outcome) -> {
			boolean serves = this.clock.instant().isBefore(tokens.expiresAt());
			return (outcome instanceof Unreachable && serves) ? new Kept(grant) : outcome;
		});
	}

	/** What cannot be renewed is neither ageing nor stale: it serves to its end. */
	private Freshness freshness(Grant grant, UpstreamTokens tokens, Duration ahead) {
		Instant now = this.clock.instant();
		if (tokens.refreshToken() == null) {
			return now.isBefore(tokens.expiresAt()) ? Freshness.FRESH : Freshness.STALE;
		}
		return Freshness.of(tokens, now, ahead.plus(jitter(grant, ahead)));
	}

	/** Spreads grants that were made together over a fifth of the window. */
	private static Duration jitter(Grant grant, Duration ahead) {
		return ahead.multipliedBy(Math.floorMod(grant.id().hashCode(), 100)).dividedBy(500);
	}

}
