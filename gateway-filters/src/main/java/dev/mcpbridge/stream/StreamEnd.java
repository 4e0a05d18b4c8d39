package dev.mcpbridge.stream;

/**
 * Why a stream ended.
 */
public enum StreamEnd {

	/** The upstream ended it in good order. */
	UPSTREAM_ENDED,

	/** The client left. */
	CLIENT_LEFT,

	/** The upstream's connection broke. */
	UPSTREAM_FAILED,

	/** The upstream named a message endpoint no client may be given. */
	ENDPOINT_REFUSED,

	/** The gateway stops, and ended it. */
	DRAINED

}
