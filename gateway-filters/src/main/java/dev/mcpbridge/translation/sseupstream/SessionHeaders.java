package dev.mcpbridge.translation.sseupstream;

import dev.mcpbridge.translation.Event;

import org.springframework.http.HttpHeaders;

/**
 * The headers streamable HTTP has for sessions, which the old transport does not know.
 */
final class SessionHeaders {

	static final String SESSION = "Mcp-Session-Id";

	static final String LAST_EVENT = "Last-Event-ID";

	private SessionHeaders() {
	}

	/** Leaves them out of a request to an upstream of HTTP+SSE. */
	static void remove(HttpHeaders headers) {
		headers.remove(SESSION);
		headers.remove(LAST_EVENT);
	}

}
