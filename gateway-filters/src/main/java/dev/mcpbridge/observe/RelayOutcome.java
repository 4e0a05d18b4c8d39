package dev.mcpbridge.observe;

/**
 * How an operation of the relay ended.
 */
enum RelayOutcome {

	/** As it should. */
	OK,

	/** The channel is not open. */
	EMPTY,

	/** There are as many channels as there may be. */
	FULL,

	/** The relay failed. */
	ERROR,

	/** Whoever asked did not wait for the answer. */
	CANCELLED

}
