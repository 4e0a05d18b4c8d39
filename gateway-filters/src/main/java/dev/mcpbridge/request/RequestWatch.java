package dev.mcpbridge.request;

import java.time.Duration;

import dev.mcpbridge.exchange.AtCommit;
import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilter;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Watches every request of a route that has a filter of ours, from outside all of them:
 * from its arrival to the headers of its answer.
 * <p>
 * It changes nothing and costs no request anything but a look at its body.
 */
public final class RequestWatch implements GlobalFilter, Ordered {

	private final RequestListener listener;

	/**
	 * Makes the watch.
	 * @param listener hears of every request
	 */
	public RequestWatch(RequestListener listener) {
		this.listener = listener;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return (route != null && McpFilter.isOn(route)) ? watch(exchange, chain, route.getId())
				: chain.filter(exchange);
	}

	/**
	 * A failure nobody of us answers is answered outside, with this very response.
	 */
	private Mono<Void> watch(ServerWebExchange exchange, GatewayFilterChain chain, String route) {
		long came = System.nanoTime();
		Passage passage = Passage.begin(exchange);
		AtCommit.run(exchange.getResponse(), () -> {
			HttpStatusCode status = exchange.getResponse().getStatusCode();
			tell(route, passage, passage.outcome(status), came);
		});
		return chain.filter(exchange.mutate().request(new WatchedRequest(exchange.getRequest(), passage)).build())
			.doOnCancel(() -> tell(route, passage, RequestOutcome.CANCELLED, came));
	}

	private void tell(String route, Passage passage, RequestOutcome outcome, long came) {
		if (passage.ends()) {
			this.listener.answered(route, passage.method(), outcome, Duration.ofNanos(System.nanoTime() - came));
		}
	}

	@Override
	public int getOrder() {
		return FilterOrder.WATCH.value();
	}

}
