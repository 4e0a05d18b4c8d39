package dev.mcpbridge.observe;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a relay can be asked to do, and how that may end.
 */
enum RelayOperation {

	OPEN(RelayOutcome.FULL), KEEP(RelayOutcome.EMPTY), NOTE(RelayOutcome.EMPTY), APPEND(RelayOutcome.EMPTY),
	END(RelayOutcome.EMPTY), CLOSE;

	private final Set<RelayOutcome> outcomes = EnumSet.of(RelayOutcome.OK, RelayOutcome.ERROR, RelayOutcome.CANCELLED);

	RelayOperation(RelayOutcome... more) {
		this.outcomes.addAll(Set.of(more));
	}

	Set<RelayOutcome> outcomes() {
		return this.outcomes;
	}

}
