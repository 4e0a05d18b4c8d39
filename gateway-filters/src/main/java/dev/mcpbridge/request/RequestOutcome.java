package dev.mcpbridge.request;

/**
 * How a request was answered, as far as its status and its headers: what becomes of a
 * stream later is not part of it.
 */
public enum RequestOutcome {

	/** With 1xx, 2xx or 3xx. */
	OK,

	/** With 401 and the challenge, whoever refused. */
	CHALLENGED,

	/** With another 4xx, by us: the request was not for the upstream. */
	REFUSED,

	/** With another 4xx, by the upstream. */
	UPSTREAM_REFUSED,

	/** With 5xx, because the upstream said so, or gave no answer to pass on. */
	UPSTREAM_FAILED,

	/** With 503, by us: the token, the store or this gateway is not to be had now. */
	UNAVAILABLE,

	/** With another 5xx: a defect of ours. */
	FAILED,

	/** Not at all: the client left before. */
	CANCELLED

}
