package dev.mcpbridge.observe;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Ends the span of a request to the upstream that gets no answer: Spring ends it with the
 * answer, or where nobody has answered for the failure, as our filters do.
 */
public final class UnansweredCalls implements GlobalFilter, Ordered {

	/** Where Spring notes that it has ended the span. */
	private static final String ENDED = "gateway.observation.stopped";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange)
			.doOnError((failure) -> end(exchange, failure))
			.doOnCancel(() -> end(exchange, null));
	}

	private static void end(ServerWebExchange exchange, @Nullable Throwable failure) {
		Observation call = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_OBSERVATION_ATTR);
		if (call == null || exchange.getAttributes().putIfAbsent(ENDED, "true") != null) {
			return;
		}
		if (failure != null) {
			call.error(failure);
		}
		call.stop();
	}

	/** Stands right before the filter that sends the request. */
	@Override
	public int getOrder() {
		return NettyRoutingFilter.ORDER - 1;
	}

}
