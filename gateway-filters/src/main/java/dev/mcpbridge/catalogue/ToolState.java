package dev.mcpbridge.catalogue;

import java.time.Instant;

/**
 * What is known of a tool, for operators.
 *
 * @param name its name
 * @param hash of its latest text
 * @param accepted whether that text is as it was, or was accepted
 * @param usable whether the pin lets it pass
 * @param since when it had that text first, or again
 * @param difference what differs from the text before; empty if it is accepted
 */
public record ToolState(String name, String hash, boolean accepted, boolean usable, Instant since, String difference) {

	static ToolState of(KnownTool tool, Pin pin) {
		return new ToolState(tool.name(), tool.latest(), tool.isAccepted(), pin.isGood(tool, tool.latest()),
				tool.since(), tool.isAccepted() ? "" : ToolChange.changed(tool).difference());
	}

}
