package dev.mcpbridge.grant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpbridge.secret.Fingerprint;

/**
 * The grants this process saw last, newest generation only: what need not be opened
 * again, and what a store that lost it gets back.
 */
final class SeenGrants {

	private static final int MAX = 20_000;

	/** Whoever is away for longer logs in again if the store was lost meanwhile. */
	private static final Duration UNUSED = Duration.ofHours(12);

	private final InstantSource clock;

	private final Duration near;

	private final ConcurrentMap<String, Seen> grants = Caffeine.newBuilder()
		.maximumSize(MAX)
		.expireAfterAccess(UNUSED)
		.<String, Seen>build()
		.asMap();

	/**
	 * Remembers grants.
	 * @param clock tells when they were seen
	 * @param near for how long what was seen is believed without another look
	 */
	SeenGrants(InstantSource clock, Duration near) {
		this.clock = clock;
		this.near = near;
	}

	/** Finds what was seen so lately that the store need not be asked. */
	Optional<Grant> near(String id) {
		Seen seen = this.grants.get(id);
		if (seen == null) {
			return Optional.empty();
		}
		Duration since = Duration.between(seen.at(), this.clock.instant());
		return (!since.isNegative() && since.compareTo(this.near) < 0) ? Optional.of(seen.grant()) : Optional.empty();
	}

	Optional<Seen> find(String id) {
		return Optional.ofNullable(this.grants.get(id));
	}

	/**
	 * An earlier generation, read before a later one was written, changes nothing unless
	 * it is the end.
	 */
	void remember(String sealed, Grant grant) {
		this.grants.merge(grant.id(), new Seen(Fingerprint.of(sealed), grant, this.clock.instant()),
				(before, now) -> isOutdated(now.grant(), before.grant()) ? before : now);
	}

	private static boolean isOutdated(Grant grant, Grant before) {
		return !grant.hasEnded() && grant.generation() < before.generation();
	}

	/**
	 * A grant and how it was stored.
	 *
	 * @param print the fingerprint of the stored text
	 * @param grant what is in it
	 * @param at when that was so
	 */
	record Seen(String print, Grant grant, Instant at) {

		/** Tells whether the grant is what a stored text holds. */
		boolean isOf(String sealed) {
			return this.print.equals(Fingerprint.of(sealed));
		}

	}

}
