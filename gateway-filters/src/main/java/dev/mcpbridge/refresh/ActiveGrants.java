package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Rotated;

/**
 * The grants in use in this process: with an open exchange, an event stream being a long
 * one, or used not long ago.
 */
public final class ActiveGrants {

	private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();

	private final Duration window;

	private final InstantSource clock;

	/**
	 * Makes a register without grants.
	 * @param window how long after its last use a grant is still in use
	 * @param clock the time
	 */
	public ActiveGrants(Duration window, InstantSource clock) {
		this.window = window;
		this.clock = clock;
	}

	/**
	 * Counts the grants in use.
	 * @return how many
	 */
	public int count() {
		return list().size();
	}

	void enter(Grant grant) {
		this.uses.compute(grant.id(), (id, use) -> new Use(grant, (use != null) ? use.open() + 1 : 1, now()));
	}

	void leave(Grant grant) {
		this.uses.computeIfPresent(grant.id(), (id, use) -> new Use(use.grant(), use.open() - 1, now()));
	}

	void landed(Grant grant, RefreshOutcome outcome) {
		if (outcome instanceof Revoked) {
			this.uses.remove(grant.id());
		}
		else if (outcome instanceof Rotated rotated) {
			renewed(rotated.grant());
		}
		else if (outcome instanceof Kept kept) {
			renewed(kept.grant());
		}
	}

	/** Lists those in use, and forgets the others. */
	List<Grant> list() {
		Instant latest = now().minus(this.window);
		this.uses.values().removeIf((use) -> use.open() <= 0 && use.lastUsed().isBefore(latest));
		return this.uses.values().stream().map(Use::grant).toList();
	}

	private void renewed(Grant grant) {
		this.uses.computeIfPresent(grant.id(), (id, use) -> new Use(grant, use.open(), use.lastUsed()));
	}

	private Instant now() {
		return this.clock.instant();
	}

	/**
	 * How a grant is used.
	 *
	 * @param grant the grant as it was seen last
	 * @param open how many exchanges are open
	 * @param lastUsed when an exchange began or ended last
	 */
	private record Use(Grant grant, int open, Instant lastUsed) {

	}

}
