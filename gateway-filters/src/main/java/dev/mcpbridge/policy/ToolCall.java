package dev.mcpbridge.policy;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of a tool, as a client sent it.
 *
 * @param name the name of the tool, exactly as it was written
 * @param kind its class; {@link ToolClass#UNKNOWN} if nobody has said
 * @param arguments its arguments, empty if it has none; not to be changed
 * @param id the id of the request, a string or a number
 */
public record ToolCall(String name, ToolClass kind, ObjectNode arguments, JsonNode id) {

	/** What clients send may be anything, so it is kept out of logs. */
	@Override
	public String toString() {
		return "ToolCall[%s]".formatted(this.kind.word());
	}

}
