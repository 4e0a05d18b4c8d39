package dev.mcpbridge.translation.sseupstream;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import dev.mcpbridge.translation.Accepted;
import dev.mcpbridge.translation.UpstreamSide;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * One request of a streamable client, and the upstream behind it.
 *
 * @param exchange the client's exchange
 * @param upstream the rest of the route
 * @param accepted what the client takes
 */
record Conversation(ServerWebExchange exchange, UpstreamSide upstream, Accepted accepted) {

	static Conversation of(ServerWebExchange exchange, GatewayFilterChain chain) {
		return new Conversation(exchange, new UpstreamSide(exchange, chain),
				Accepted.by(exchange.getRequest().getHeaders()));
	}

	HttpHeaders headers() {
		return this.exchange.getRequest().getHeaders();
	}

	ServerHttpResponse response() {
		return this.exchange.getResponse();
	}

	/** The session the client names, if it names one. */
	Optional<String> session() {
		List<String> named = headers().getOrEmpty(SessionHeaders.SESSION);
		return Optional.of(named)
			.filter((ids) -> ids.size() == 1)
			.map((ids) -> ids.get(0))
			.filter((id) -> !id.isEmpty());
	}

	/** The upstream's URI: a session of one upstream is none of another. */
	String route() {
		Route route = this.exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		URI uri = (route != null) ? route.getUri() : null;
		return (uri != null) ? uri.toString() : "";
	}

}
