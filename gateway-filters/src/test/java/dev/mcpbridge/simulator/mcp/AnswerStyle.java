package dev.mcpbridge.simulator.mcp;

/**
 * How a POST to the streamable endpoint is answered where both ways are open.
 */
public enum AnswerStyle {

	/** As JSON, unless the tool reports progress or the client takes no JSON. */
	JSON,

	/** As a stream of events, always. */
	SSE

}
