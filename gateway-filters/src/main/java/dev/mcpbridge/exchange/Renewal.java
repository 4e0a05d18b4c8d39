package dev.mcpbridge.exchange;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Gives an exchange that has been open for long the upstream credentials of now, for
 * filters that send requests of their own on its behalf.
 */
@FunctionalInterface
public interface Renewal {

	/**
	 * Puts fresh credentials on an exchange.
	 * @param exchange the exchange
	 * @return the exchange to send upstream; empty if there is nothing to present any
	 * more; an error if that cannot be told now
	 */
	Mono<ServerWebExchange> renew(ServerWebExchange exchange);

	/**
	 * Tells the filters further in.
	 * @param exchange the exchange
	 */
	default void enter(ServerWebExchange exchange) {
		exchange.getAttributes().put(Renewal.class.getName(), this);
	}

	/**
	 * Finds what a filter further out has told.
	 * @param exchange the exchange
	 * @return how credentials are renewed; without such a filter they stay as they came
	 */
	static Renewal of(ServerWebExchange exchange) {
		Renewal renewal = exchange.getAttribute(Renewal.class.getName());
		return (renewal != null) ? renewal : Mono::just;
	}

}
