package dev.mcpbridge.limit;

import dev.mcpbridge.exchange.FilterOrder;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Honours an upstream that answers 429: the person's next calls are held for as long as
 * it asks, and the one it refused is sent again after that, if that is soon enough.
 * <p>
 * Only calls that pass {@link CallLimits} are looked at: what else there is, answers of
 * long streams among it, is not held.
 */
public final class UpstreamLimitFilter implements GlobalFilter, Ordered {

	private final LimitDesk desk;

	UpstreamLimitFilter(LimitDesk desk) {
		this.desk = desk;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		LimitedCall call = LimitedCall.of(exchange);
		return (call == null) ? chain.filter(exchange) : new Sending(this.desk, call, exchange, chain).send();
	}

	@Override
	public int getOrder() {
		return FilterOrder.LIMIT.value();
	}

}
