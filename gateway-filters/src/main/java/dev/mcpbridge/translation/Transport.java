package dev.mcpbridge.translation;

/**
 * A transport of MCP over HTTP.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#backwards-compatibility">MCP
 * 2025-11-25, backwards compatibility</a>
 */
public enum Transport {

	/** HTTP+SSE of 2024-11-05. */
	SSE,

	/** Streamable HTTP, since 2025-03-26. */
	STREAMABLE

}
