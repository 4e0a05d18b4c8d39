package dev.mcpbridge.translation.sseclients;

import java.util.List;

import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.OwnRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Requests as a streamable upstream expects them.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">MCP
 * 2025-11-25, streamable HTTP</a>
 */
final class StreamableRequests {

	static final String SESSION = "Mcp-Session-Id";

	private static final String VERSION = "MCP-Protocol-Version";

	private static final String LAST_EVENT = "Last-Event-ID";

	private StreamableRequests() {
	}

	/** Sends a message. */
	static OwnRequest post(StreamableSession session, byte[] body) {
		return new OwnRequest(HttpMethod.POST, null, (headers) -> {
			in(session, headers);
			headers.setAccept(List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM));
			headers.setContentType(MediaType.APPLICATION_JSON);
		}, body);
	}

	/**
	 * Opens a stream.
	 * @param after the id of the event after which it goes on, or {@code null} for a new
	 * one
	 */
	static OwnRequest listen(StreamableSession session, @Nullable String after) {
		return OwnRequest.without(HttpMethod.GET, (headers) -> {
			in(session, headers);
			headers.setAccept(List.of(MediaType.TEXT_EVENT_STREAM));
			headers.remove(HttpHeaders.CONTENT_TYPE);
			if (after != null) {
				headers.set(LAST_EVENT, after);
			}
		});
	}

	/** Ends the session. */
	static OwnRequest end(StreamableSession session) {
		return OwnRequest.without(HttpMethod.DELETE, (headers) -> {
			in(session, headers);
			headers.remove(HttpHeaders.CONTENT_TYPE);
		});
	}

	/** The answer is read here, so it must not be compressed. */
	private static void in(StreamableSession session, HttpHeaders headers) {
		headers.remove(LAST_EVENT);
		headers.remove(SESSION);
		headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
		if (session.id() != null) {
			headers.set(SESSION, session.id());
		}
		if (session.version() != null) {
			headers.set(VERSION, session.version());
		}
	}

}
