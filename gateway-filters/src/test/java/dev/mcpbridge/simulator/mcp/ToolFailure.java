package dev.mcpbridge.simulator.mcp;

/**
 * A tool that ran and failed; the caller reads why in the result.
 */
final class ToolFailure extends RuntimeException {

	ToolFailure(String reason) {
		super(reason, null, false, false);
	}

	String reason() {
		return String.valueOf(getMessage());
	}

}
