package dev.mcpbridge.translation;

import java.net.URI;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends a request of ours to the path the upstream itself has named, instead of where the
 * route's filters lead: only they are known when the route is written.
 * <p>
 * It changes path and query alone, never the host; and no request of a client.
 */
public final class UpstreamTargetFilter implements GlobalFilter, Ordered {

	static final String TARGET = UpstreamTargetFilter.class.getName();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		String target = exchange.getAttribute(TARGET);
		URI url = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (target != null && url != null) {
			URI aimed = URI.create(url.getScheme() + "://" + url.getRawAuthority() + target);
			exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, aimed);
		}
		return chain.filter(exchange);
	}

	/** Stands right after the filter that makes the URL of route and request. */
	@Override
	public int getOrder() {
		return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
	}

}
