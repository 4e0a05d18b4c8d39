package dev.mcpbridge.policy;

import java.util.List;

import org.springframework.web.server.ServerWebExchange;

/**
 * Hears of every call of a tool, and of what else was refused.
 */
public interface ToolCallListener {

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static ToolCallListener all(List<? extends ToolCallListener> listeners) {
		return new ToolCallListeners(List.copyOf(listeners));
	}

	/**
	 * Tells whether requests are to be read for its sake, where nothing else needs them
	 * read.
	 * @return whether it wants to hear of every call; if not, it hears of those that are
	 * read anyway
	 */
	default boolean wantsEveryCall() {
		return true;
	}

	/**
	 * A call is over: its answer has ended, or we refused it. Told once a call; a call
	 * that is sent again with a renewed token is told of again. On an event loop.
	 * @param exchange the exchange, its route among the attributes
	 * @param call the call
	 */
	default void ended(ServerWebExchange exchange, EndedCall call) {
	}

	/**
	 * A request was refused for its form, before anybody could tell what it calls.
	 * @param exchange the exchange, its route among the attributes
	 * @param defect what is wrong with it
	 */
	default void malformed(ServerWebExchange exchange, BodyDefect defect) {
	}

	/**
	 * Tools were taken from a list on its way to the client.
	 * @param exchange the exchange, its route among the attributes
	 * @param count how many, at least one
	 */
	default void hidden(ServerWebExchange exchange, int count) {
	}

}
