package dev.mcpbridge.translation.sseclients;

import java.util.regex.Pattern;

import dev.mcpbridge.translation.OwnRequest;

/**
 * Events as a client of HTTP+SSE reads them.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">MCP
 * 2024-11-05, HTTP with SSE</a>
 */
final class ClientEvents {

	private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

	private ClientEvents() {
	}

	/** Says where to post. */
	static String endpoint(String messagePath, String session) {
		return "event: endpoint\ndata: %s?%s=%s\n\n".formatted(messagePath, OwnRequest.SESSION_PARAMETER, session);
	}

	/** Says what the upstream said; JSON may have line ends between its tokens. */
	static String message(String content) {
		return "event: message\ndata: " + LINE_END.matcher(content).replaceAll("\ndata: ") + "\n\n";
	}

}
