package dev.mcpbridge.exchange;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Whom a request is answered for: the owner of whatever the upstream opens for it.
 * <p>
 * It stays the same as long as the login does, whatever becomes of the tokens, and is
 * found in no log, metric or answer.
 *
 * @param id the grant, or what stands for it at a gateway without grants
 */
public record Caller(String id) {

	private static final String ATTRIBUTE = Caller.class.getName();

	/**
	 * Remembers the caller for the filters further in.
	 * @param exchange the exchange
	 */
	public void enter(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

	/**
	 * Finds the caller a filter further out has told of.
	 * @param exchange the exchange
	 * @return who it says it is, or {@code null} if there is no such filter
	 */
	public static @Nullable Caller told(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	/**
	 * Finds the caller.
	 * @param exchange the exchange
	 * @return who a filter of ours says it is; else the principal Spring Security found;
	 * empty if nobody knows
	 */
	public static Mono<Caller> of(ServerWebExchange exchange) {
		Caller known = told(exchange);
		return (known != null) ? Mono.just(known) : exchange.getPrincipal().map(Principal::getName).map(Caller::new);
	}

	@Override
	public String toString() {
		return "Caller[***]";
	}

}
