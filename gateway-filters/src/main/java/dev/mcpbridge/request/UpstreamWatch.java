package dev.mcpbridge.request;

import java.io.IOException;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sees what the upstream itself answers, before any filter makes something else of it.
 */
public final class UpstreamWatch implements GlobalFilter, Ordered {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Passage passage = Passage.of(exchange);
		if (passage == null) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange)
			.doOnSuccess((done) -> answered(exchange, passage))
			.doOnError(IOException.class, (failure) -> passage.upstreamFailed());
	}

	private static void answered(ServerWebExchange exchange, Passage passage) {
		HttpClientResponse answer = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		if (answer != null) {
			passage.upstreamAnswered(answer.status().code());
		}
	}

	/** Stands right before the filter that sends the request. */
	@Override
	public int getOrder() {
		return NettyRoutingFilter.ORDER - 1;
	}

}
