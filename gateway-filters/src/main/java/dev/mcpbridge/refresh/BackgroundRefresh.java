package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.UpstreamTokens;
import reactor.util.context.Context;

/**
 * Refreshes the grants in use although nobody asks, so that nobody waits.
 * <p>
 * Replicas that have one grant in use take turns like all refreshes do; the second one
 * takes what the first one stored.
 */
public final class BackgroundRefresh {

	private final ActiveGrants active;

	private final Refreshes refreshes;

	private final TokenRefresher refresher;

	private final Duration ahead;

	private final InstantSource clock;

	/**
	 * Makes the background refresh of one process.
	 * @param active the grants in use
	 * @param refreshes refreshes them
	 * @param refresher tells whether the upstream is to be left alone
	 * @param ahead how long before its end a token is renewed
	 * @param clock the time
	 */
	public BackgroundRefresh(ActiveGrants active, Refreshes refreshes, TokenRefresher refresher, Duration ahead,
			InstantSource clock) {
		this.active = active;
		this.refreshes = refreshes;
		this.refresher = refresher;
		this.ahead = ahead;
		this.clock = clock;
	}

	/**
	 * Begins the refreshes that are due, those with the least time left first, and last
	 * those without any: a request waits for them anyway.
	 * @param most how many at most
	 */
	public void run(int most) {
		Instant now = this.clock.instant();
		this.active.list()
			.stream()
			.filter((grant) -> isDue(grant, now))
			.sorted(Comparator.comparing((Grant grant) -> isStale(grant, now)).thenComparing(BackgroundRefresh::end))
			.limit(this.refresher.isSuspended() ? 0 : most)
			.forEach((grant) -> this.refreshes.launch(grant, RefreshTrigger.BACKGROUND, Context.empty()));
	}

	/**
	 * What cannot be renewed is never due; what is at it, or is left alone for now, must
	 * not take the place of others.
	 */
	private boolean isDue(Grant grant, Instant now) {
		UpstreamTokens tokens = grant.tokens();
		return tokens != null && tokens.refreshToken() != null
				&& Freshness.of(grant, now, this.ahead) != Freshness.FRESH && this.refreshes.mayBegin(grant);
	}

	private boolean isStale(Grant grant, Instant now) {
		return Freshness.of(grant, now, this.ahead) == Freshness.STALE;
	}

	private static Instant end(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		return (tokens != null) ? tokens.expiresAt() : Instant.MAX;
	}

}
