package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Rotated;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamTokens;
import reactor.core.publisher.Mono;

/**
 * Keeps the upstream tokens of grants fresh, ahead of their end.
 * <p>
 * While a token still serves, nobody waits for its successor; once it does not, all wait
 * for the one refresh in flight.
 */
public final class GrantKeeper {

	/**
	 * An upstream that refuses every token is not asked for more of them all the time.
	 */
	private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);

	private static final int MAX_FORCED = 100_000;

	private final Refreshes refreshes;

	private final ActiveGrants active;

	private final InstantSource clock;

	private final RefreshListener listener;

	/** The access token the last forced refresh of a grant gave. */
	private final Cache<String, Secret> forced;

	/**
	 * Makes a keeper.
	 * @param refreshes how tokens are renewed, one flight at a time for each grant
	 * @param active the grants in use
	 * @param clock tells what is fresh
	 * @param listener hears of tokens that are used
	 */
	public GrantKeeper(Refreshes refreshes, ActiveGrants active, InstantSource clock, RefreshListener listener) {
		this.refreshes = refreshes;
		this.active = active;
		this.clock = clock;
		this.listener = listener;
		this.forced = Caffeine.newBuilder()
			.maximumSize(MAX_FORCED)
			.ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
			.expireAfterWrite(BETWEEN_FORCED)
			.build();
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
			return ended();
		}
		this.listener.used(Duration.between(this.clock.instant(), tokens.expiresAt()));
		return switch (Freshness.of(grant, this.clock.instant(), ahead)) {
			case FRESH -> Mono.just(new Kept(grant));
			case AGEING -> Mono.deferContextual((asking) -> {
				this.refreshes.launch(grant, RefreshTrigger.AHEAD, asking);
				return Mono.just(new Kept(grant));
			});
			case STALE -> flight(grant, tokens, RefreshTrigger.STALE);
		};
	}

	/**
	 * Tells whether a grant has a token that serves now and need not be renewed, as most
	 * have most of the time.
	 * @param grant the grant as it was found
	 * @param ahead how long before its end a token is renewed
	 * @return its access token; empty if it takes {@link #fresh} to tell
	 */
	public Optional<Secret> freshNow(Grant grant, Duration ahead) {
		UpstreamTokens tokens = grant.tokens();
		Instant now = this.clock.instant();
		if (tokens == null || Freshness.of(grant, now, ahead) != Freshness.FRESH) {
			return Optional.empty();
		}
		this.listener.used(Duration.between(now, tokens.expiresAt()));
		return Optional.of(tokens.accessToken());
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
			return ended();
		}
		return switch (Freshness.of(grant, this.clock.instant(), ahead)) {
			case FRESH -> Mono.just(new Kept(grant));
			case AGEING -> flight(grant, tokens, RefreshTrigger.CLIENT);
			case STALE -> this.refreshes.flight(grant, RefreshTrigger.CLIENT);
		};
	}

	/**
	 * Returns the grant with other tokens than those the upstream has just refused,
	 * although their time is not over. What a forced refresh gave is not refreshed by
	 * force for 30 seconds.
	 * @param grant the grant whose access token was refused
	 * @return the outcome; {@link Kept} with the same tokens if there are no others to be
	 * had now; never an error
	 */
	public Mono<RefreshOutcome> rejected(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			return ended();
		}
		boolean wasForced = tokens.accessToken().equals(this.forced.getIfPresent(grant.id()));
		if (wasForced || tokens.refreshToken() == null) {
			return Mono.just(new Kept(grant));
		}
		return this.refreshes.flight(grant, RefreshTrigger.FORCED).doOnNext(this::remember);
	}

	/**
	 * Notes that a request uses the grant; event streams are long requests.
	 * @param grant the grant as it is used
	 */
	public void enter(Grant grant) {
		this.active.enter(grant);
	}

	/**
	 * Notes that a request no longer uses the grant.
	 * @param grant the grant {@link #enter} was called with
	 */
	public void leave(Grant grant) {
		this.active.leave(grant);
	}

	private void remember(RefreshOutcome outcome) {
		UpstreamTokens tokens = (outcome instanceof Rotated rotated) ? rotated.grant().tokens() : null;
		if (outcome instanceof Rotated rotated && tokens != null) {
			this.forced.put(rotated.grant().id(), tokens.accessToken());
		}
	}

	/** Without an answer from the upstream, a token is kept to its very end. */
	private Mono<RefreshOutcome> flight(Grant grant, UpstreamTokens tokens, RefreshTrigger trigger) {
		return this.refreshes.flight(grant, trigger).map((outcome) -> {
			boolean serves = this.clock.instant().isBefore(tokens.expiresAt());
			return (outcome instanceof Unreachable && serves) ? new Kept(grant) : outcome;
		});
	}

	private static Mono<RefreshOutcome> ended() {
		return Mono.just(new Revoked("ended"));
	}

}
