package dev.mcpbridge.observe;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a store can be asked to do, and how that may end.
 */
enum StoreOperation {

	FIND(StoreOutcome.EMPTY), PUT, REPLACE(StoreOutcome.CONFLICT), TAKE(StoreOutcome.EMPTY), KEYS,
	LEASE(StoreOutcome.EMPTY), RELEASE;

	private final Set<StoreOutcome> outcomes = EnumSet.of(StoreOutcome.OK, StoreOutcome.ERROR, StoreOutcome.CANCELLED);

	StoreOperation(StoreOutcome... more) {
		this.outcomes.addAll(Set.of(more));
	}

	Set<StoreOutcome> outcomes() {
		return this.outcomes;
	}

}
