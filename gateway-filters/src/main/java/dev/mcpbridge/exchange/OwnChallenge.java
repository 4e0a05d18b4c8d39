package dev.mcpbridge.exchange;

import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the challenge of a filter of ours from one of the upstream's, which never leaves.
 */
public final class OwnChallenge {

	private static final String ATTRIBUTE = OwnChallenge.class.getName();

	private OwnChallenge() {
	}

	/**
	 * Says that the challenge about to be written is ours.
	 * @param exchange the exchange
	 */
	public static void enter(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, Boolean.TRUE);
	}

	/**
	 * Tells whether it is ours.
	 * @param exchange the exchange
	 * @return whether a filter said so
	 */
	public static boolean isOn(ServerWebExchange exchange) {
		return exchange.getAttributes().containsKey(ATTRIBUTE);
	}

}
