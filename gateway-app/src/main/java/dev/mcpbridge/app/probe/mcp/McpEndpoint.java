package dev.mcpbridge.app.probe.mcp;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where an MCP server takes messages.
 */
public sealed interface McpEndpoint permits StreamableEndpoint, SseEndpoint, ModernEndpoint {

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
	 * @param revision the MCP revision to ask for; the modern transport has its own
	 * @param http the client to send with
	 * @param patience how long an answer may take
	 * @return the endpoint
	 */
	static McpEndpoint of(Transport transport, URI address, String revision, HttpClient http, Duration patience) {
		Wire wire = new Wire(http, patience);
		return switch (transport) {
			case STREAMABLE -> new StreamableEndpoint(wire, address, revision);
			case SSE -> new SseEndpoint(wire, address, revision);
			case MODERN -> new ModernEndpoint(wire, address);
		};
	}

	/** How messages are carried. */
	enum Transport {

		/** Streamable HTTP, revisions 2025-03-26 to 2025-11-25. */
		STREAMABLE,

		/** HTTP+SSE, revision 2024-11-05. */
		SSE,

		/** Streamable HTTP without sessions, revision 2026-07-28. */
		MODERN

	}

}
