package dev.mcpbridge.app.probe.mcp;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * A visit that ended at the door.
 *
 * @param opening what was said there
 */
record Refused(Reply opening) implements Visit {

	@Override
	public Map<String, String> marks() {
		return Map.of();
	}

	@Override
	public Reply ask(String method, ObjectNode params) {
		return this.opening;
	}

	@Override
	public void close() {
		// never began
	}

}
