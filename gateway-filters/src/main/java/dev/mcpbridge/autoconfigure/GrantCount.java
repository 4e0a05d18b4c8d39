package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.grant.Grant;

/**
 * How many grants there are.
 *
 * @param alive those that work
 * @param ended those that ended and are kept as a mark
 * @param unreadable those our keys do not open, or that are none
 */
record GrantCount(long alive, long ended, long unreadable) {

	static final GrantCount NONE = new GrantCount(0, 0, 0);

	static final GrantCount UNREADABLE = new GrantCount(0, 0, 1);

	static GrantCount of(Grant grant) {
		return grant.hasEnded() ? new GrantCount(0, 1, 0) : new GrantCount(1, 0, 0);
	}

	GrantCount plus(GrantCount other) {
		return new GrantCount(this.alive + other.alive, this.ended + other.ended, this.unreadable + other.unreadable);
	}

}
