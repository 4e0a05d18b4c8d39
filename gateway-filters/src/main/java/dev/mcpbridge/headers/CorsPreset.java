package dev.mcpbridge.headers;

/**
 * The two sets of CORS headers we know.
 */
public enum CorsPreset {

	/** What MCP clients in browsers need: the session, the challenge, the revision. */
	MCP,

	/** The header set of Atlassian's own service, on every answer. */
	ATLASSIAN

}
