package dev.mcpbridge.app.probe.mcp;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * One session with an MCP server, from its hello to its end.
 */
public interface Visit extends AutoCloseable {

	/**
	 * Returns what the server said to the hello.
	 * @return the answer to {@code initialize}, or why there is none
	 */
	Reply opening();

	/**
	 * Returns what the transport showed on the way, without any id.
	 * @return values by name
	 */
	Map<String, String> marks();

	/**
	 * Asks something. May be used only if the opening is a result.
	 * @param method the JSON-RPC method
	 * @param params its parameters
	 * @return the answer
	 */
	Reply ask(String method, ObjectNode params);

	/** Ends the session, if it began; never fails. */
	@Override
	void close();

}
