package dev.mcpbridge.bridge;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What our bridge tokens look like.
 *
 * @param issuer who issues them
 * @param lifetime how long they live, or {@code null} to end a minute before the upstream
 * token they were made from
 * @param wrap how the upstream token is tied to them
 */
public record TokenRules(String issuer, @Nullable Duration lifetime, Wrap wrap) {

	private static final Duration EARLIER = Duration.ofSeconds(60);

	public TokenRules {
		if (lifetime != null && lifetime.toSeconds() < 1) {
			throw new IllegalArgumentException(
					"mcp.bridge.token.lifetime: %s (expected: at least 1s, or empty)".formatted(lifetime));
		}
	}

	/**
	 * Says when a token made now ends: a minute before the upstream's, or halfway to it
	 * where less than two minutes are left.
	 */
	Instant expiry(Instant now, Instant upstreamExpiry) {
		if (this.lifetime != null) {
			return now.plus(this.lifetime);
		}
		Duration left = Duration.between(now, upstreamExpiry);
		Duration half = left.dividedBy(2);
		return upstreamExpiry.minus((half.compareTo(EARLIER) < 0) ? half : EARLIER);
	}

	/** How the upstream token is tied to a bridge token. */
	public enum Wrap {

		/** It travels inside, sealed; it serves when the store has lost the grant. */
		SEALED,

		/** Only the grant is named; without the store the token is worth nothing. */
		REFERENCE

	}

}
