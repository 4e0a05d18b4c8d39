package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.List;

import org.springframework.web.server.ServerWebExchange;

/**
 * Hears of every stream once when it opens and once when it ends, of what passes between,
 * and of requests that were refused.
 */
public interface StreamListener {

	/** Hears nothing. */
	StreamListener NONE = new StreamListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static StreamListener all(List<? extends StreamListener> listeners) {
		return new StreamListeners(List.copyOf(listeners));
	}

	/**
	 * A stream's response headers are about to leave.
	 * @param exchange the exchange, its route among the attributes
	 * @param waited how long that took since its request was sent on
	 */
	default void opened(ServerWebExchange exchange, Duration waited) {
	}

	/**
	 * Events of the upstream pass. Called often, on an event loop.
	 * @param exchange the exchange, its route among the attributes
	 * @param count how many of them ended in the bytes that pass, at least one
	 */
	default void events(ServerWebExchange exchange, int count) {
	}

	/**
	 * A comment is sent, since the upstream is silent.
	 * @param exchange the exchange, its route among the attributes
	 */
	default void heartbeat(ServerWebExchange exchange) {
	}

	/**
	 * A stream ended, whoever ended it.
	 * @param exchange the exchange, its route among the attributes
	 * @param end who ended it
	 * @param lasted how long it was open
	 */
	default void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
	}

	/**
	 * A request that would have opened a stream was refused, since the gateway stops.
	 * @param exchange the exchange, its route among the attributes
	 */
	default void refused(ServerWebExchange exchange) {
	}

	/**
	 * The body of a request was larger than its route allows.
	 * @param exchange the exchange, its route among the attributes
	 */
	default void oversized(ServerWebExchange exchange) {
	}

}
