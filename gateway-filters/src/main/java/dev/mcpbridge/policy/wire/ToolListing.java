package dev.mcpbridge.policy.wire;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller gets to see of a list of tools.
 */
@FunctionalInterface
public interface ToolListing {

	/**
	 * Chooses from a page of the list.
	 * @param tools the tools in their order, not to be changed
	 * @return those that stay, in their order
	 */
	List<ObjectNode> choose(List<ObjectNode> tools);

}
