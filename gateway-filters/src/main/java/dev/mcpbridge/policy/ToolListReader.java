package dev.mcpbridge.policy;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.server.ServerWebExchange;

/**
 * Reads the upstream's list of tools, before the policy takes from it what the caller is
 * not to see. A long list comes in pages, each of them read by itself.
 */
@FunctionalInterface
public interface ToolListReader {

	/**
	 * Reads a page of the list. On an event loop, so it must not block.
	 * @param exchange the exchange it passes through, its route among the attributes
	 * @param tools the tools in their order, each with its name, description and schema;
	 * not to be changed
	 * @return those the client may see, in their order: the same list, or a shorter one
	 */
	List<ObjectNode> read(ServerWebExchange exchange, List<ObjectNode> tools);

}
