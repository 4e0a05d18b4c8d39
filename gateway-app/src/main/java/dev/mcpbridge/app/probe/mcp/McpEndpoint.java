package dev.mcpbridge.app.probe.mcp;

import java.net.URI;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where an MCP server takes messages.
 */
public sealed interface McpEndpoint permits StreamableEndpoint, SseEndpoint {

	/**
	 * Says hello, with a token or without.
	 * @param token the access token, or {@code null} to send none
	 * @return the visit, whose opening may be a refusal
	 */
	Visit visit(@Nullable Secret token);

	/**
	 * Returns the endpoint of a transport.
	 * @param transport how messages are carried
	 * @param address where to
	 * @param revision the MCP revision to ask for
	 * @param wire how to send
	 * @return the endpoint
	 */
	static McpEndpoint of(Transport transport, URI address, String revision, Wire wire) {
		return switch (transport) {
			case STREAMABLE -> new StreamableEndpoint(wire, address, revision);
			case SSE -> new SseEndpoint(wire, address, revision);
		};
	}

	/** How messages are carried. */
	enum Transport {

		/** Streamable HTTP, revisions 2025-03-26 to 2025-11-25. */
		STREAMABLE,

		/** HTTP+SSE, revision 2024-11-05. */
		SSE

	}

}
