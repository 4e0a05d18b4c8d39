package dev.mcpbridge.exchange;

import java.util.Optional;

import org.springframework.web.server.ServerWebExchange;

/**
 * How the upstream's session ids look on the client's side of one exchange, for filters
 * that find them in other places than a header.
 */
@FunctionalInterface
public interface SessionIds {

	/** The query parameter that has the id of a session in the old transport. */
	String PARAMETER = "sessionId";

	/**
	 * Returns the session id to hand out.
	 * @param upstream the upstream's session id, as it is written there
	 * @return the client's
	 */
	String handedOut(String upstream);

	/**
	 * Returns where the old transport has the id of a session.
	 * @return the name of the query parameter
	 */
	default String parameter() {
		return PARAMETER;
	}

	/**
	 * Tells the filters further in.
	 * @param exchange the exchange
	 */
	default void enter(ServerWebExchange exchange) {
		exchange.getAttributes().put(SessionIds.class.getName(), this);
	}

	/**
	 * Finds what a filter further out has told.
	 * @param exchange the exchange
	 * @return how session ids look, or empty if they cross as they are
	 */
	static Optional<SessionIds> of(ServerWebExchange exchange) {
		return Optional.ofNullable(exchange.getAttribute(SessionIds.class.getName()));
	}

}
