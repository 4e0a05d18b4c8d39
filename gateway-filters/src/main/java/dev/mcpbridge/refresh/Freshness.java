package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.upstream.UpstreamTokens;

/**
 * How near its end an upstream token is.
 */
enum Freshness {

	/** It serves, and need not be renewed. */
	FRESH,

	/** It serves, and is to be renewed meanwhile. */
	AGEING,

	/** It may end on its way; whoever needs it waits for its successor. */
	STALE;

	private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

	/**
	 * Judges the tokens of a grant. What cannot be renewed is neither ageing nor stale:
	 * it serves to its end. The window of others is up to a fifth longer, so that grants
	 * made together are not all renewed together.
	 */
	static Freshness of(Grant grant, Instant now, Duration ahead) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			return STALE;
		}
		if (tokens.refreshToken() == null) {
			return now.isBefore(tokens.expiresAt()) ? FRESH : STALE;
		}
		return of(tokens, now, ahead.plus(jitter(grant, ahead)));
	}

	/**
	 * Judges tokens. Both margins shrink for tokens so short-lived that they would never
	 * be fresh: to a quarter and a sixteenth of the lifetime.
	 */
	static Freshness of(UpstreamTokens tokens, Instant now, Duration ahead) {
		Duration lifetime = Duration.between(tokens.issuedAt(), tokens.expiresAt());
		Duration left = Duration.between(now, tokens.expiresAt());
		if (left.compareTo(shorter(ON_THE_WAY, lifetime.dividedBy(16))) <= 0) {
			return STALE;
		}
		return (left.compareTo(shorter(ahead, lifetime.dividedBy(4))) <= 0) ? AGEING : FRESH;
	}

	private static Duration jitter(Grant grant, Duration ahead) {
		return ahead.multipliedBy(Math.floorMod(grant.id().hashCode(), 100)).dividedBy(500);
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
