package dev.mcpbridge.translation.sseupstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcMessage;

import org.springframework.http.HttpHeaders;

/**
 * The revisions of MCP, which are dates and compare as such.
 */
final class ProtocolVersions {

	static final String HEADER = "MCP-Protocol-Version";

	/** From this revision on there are no sessions. */
	private static final String MODERN = "2026-07-28";

	/** From this revision on clients know events that have an id only. */
	private static final String PRIMED = "2025-11-25";

	private static final List<String> WITH_SESSIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

	private static final Set<String> MODERN_METHODS = Set.of("server/discover", "subscriptions/listen");

	private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	private ProtocolVersions() {
	}

	/**
	 * Finds a revision that no upstream of HTTP+SSE can speak.
	 * @param headers the headers of a request
	 * @param body its body
	 * @return the revision, or empty if the upstream may judge it
	 */
	static Optional<String> modern(HttpHeaders headers, JsonRpcBody body) {
		String version = headers.getFirst(HEADER);
		if (version != null && DATE.matcher(version).matches()) {
			return Optional.of(version).filter((named) -> named.compareTo(MODERN) >= 0);
		}
		boolean modern = body.messages().stream().map(JsonRpcMessage::method).anyMatch(MODERN_METHODS::contains);
		return modern ? Optional.of(MODERN) : Optional.empty();
	}

	/**
	 * Says which revisions there are instead, so that a client that knows both kinds
	 * begins with {@code initialize}.
	 * @param requested the revision that was asked for
	 * @return the error
	 * @see <a href=
	 * "https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#protocol-version-negotiation">MCP
	 * 2026-07-28, protocol version negotiation</a>
	 */
	static JsonRpcError unsupported(String requested) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("supported", WITH_SESSIONS);
		data.put("requested", requested);
		return new JsonRpcError(JsonRpcError.UNSUPPORTED_VERSION, "Unsupported protocol version", data);
	}

	/**
	 * Tells whether a client knows events that have an id only.
	 * @param headers the headers of its request
	 * @param negotiated the revision of its session
	 * @return whether such an event may be sent
	 * @see <a href=
	 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server">MCP
	 * 2025-11-25, sending messages</a>
	 */
	static boolean isPrimed(HttpHeaders headers, String negotiated) {
		String version = headers.getFirst(HEADER);
		String spoken = (version != null) ? version : negotiated;
		return DATE.matcher(spoken).matches() && spoken.compareTo(PRIMED) >= 0;
	}

}
