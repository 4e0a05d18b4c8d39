package dev.mcpbridge.policy;

/**
 * How a call ended.
 */
public enum CallOutcome {

	/** We answered it, with an error. */
	REFUSED,

	/** The tool answered. */
	OK,

	/** The tool answered that it failed. */
	TOOL_ERROR,

	/** The upstream answered with an error of JSON-RPC. */
	ERROR,

	/** The upstream took it; its answer is on another stream. */
	ACCEPTED,

	/** The upstream refused the token; the call may be sent again with another. */
	UNAUTHORIZED,

	/**
	 * The upstream, or a filter further in, refused with another status of 4xx or 5xx.
	 */
	FAILED,

	/** The answer broke off, came in a form nobody can read, or there was none. */
	BROKEN,

	/** The client left before the answer ended. */
	CANCELLED

}
