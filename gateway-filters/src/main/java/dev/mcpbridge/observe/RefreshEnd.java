package dev.mcpbridge.observe;

import dev.mcpbridge.refresh.RefreshOutcome;

/**
 * What came of a refresh, in one word.
 */
enum RefreshEnd {

	/** The upstream gave new tokens. */
	ROTATED,

	/** Another replica had been faster. */
	ADOPTED,

	/** The grant is over. */
	REVOKED,

	/** The upstream or the store gave no answer to rely on. */
	UNREACHABLE;

	static RefreshEnd of(RefreshOutcome outcome) {
		if (outcome instanceof RefreshOutcome.Rotated) {
			return ROTATED;
		}
		if (outcome instanceof RefreshOutcome.Kept) {
			return ADOPTED;
		}
		return (outcome instanceof RefreshOutcome.Revoked) ? REVOKED : UNREACHABLE;
	}

}
