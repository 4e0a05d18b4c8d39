package dev.mcpbridge.exchange;

import java.net.URI;
import java.util.Set;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * The path a client used, whatever the filters of a route made of it since.
 */
public final class ClientPath {

	private ClientPath() {
	}

	/**
	 * Returns the path of the request as it came.
	 * @param exchange the exchange, at any place in the chain
	 * @return the path, percent-encoded
	 */
	public static String of(ServerWebExchange exchange) {
		Set<URI> originals = exchange.getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_ORIGINAL_REQUEST_URL_ATTR,
				Set.of());
		return originals.stream().findFirst().orElse(exchange.getRequest().getURI()).getRawPath();
	}

}
