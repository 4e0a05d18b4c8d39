package dev.mcpbridge.policy.filter;

import org.springframework.util.unit.DataSize;

/**
 * How much is read.
 *
 * @param request how large the body of a request may be; a larger one is refused
 * @param answer how large an answer may be that is read for what is in it, or one event
 * of a stream; a larger one is not passed on
 */
public record ToolLimits(DataSize request, DataSize answer) {

	/**
	 * Checks the limits.
	 */
	public ToolLimits {
		check("max-request", request);
		check("max-answer", answer);
	}

	private static void check(String name, DataSize size) {
		if (size.toBytes() <= 0) {
			throw new IllegalArgumentException(
					"mcp.bridge.tools.%s: %s (expected: more than 0, such as 4MB)".formatted(name, size));
		}
	}

}
