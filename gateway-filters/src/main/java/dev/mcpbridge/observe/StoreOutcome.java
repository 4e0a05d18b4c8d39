package dev.mcpbridge.observe;

/**
 * How an operation of the store ended.
 */
enum StoreOutcome {

	/** As it should. */
	OK,

	/** There was nothing, or somebody else has the lease. */
	EMPTY,

	/** Somebody else wrote first. */
	CONFLICT,

	/** The store failed. */
	ERROR,

	/** Whoever asked did not wait for the answer. */
	CANCELLED

}
