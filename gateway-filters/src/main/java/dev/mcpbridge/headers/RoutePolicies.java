package dev.mcpbridge.headers;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * Finds the CORS policy of the route a page is about to call.
 *
 * @param routes all routes, in their order
 */
record RoutePolicies(RouteLocator routes) {

	private static final Log logger = LogFactory.getLog(RoutePolicies.class);

	/**
	 * Returns the policy of the first route that would take the announced request; if the
	 * announced method has no route, of the first that takes another method there.
	 * @param exchange an {@code OPTIONS} request
	 * @return the policy, or empty when the route has none, or there is no route
	 */
	Mono<CorsPolicy> find(ServerWebExchange exchange) {
		return candidates(exchange).concatMap((method) -> routeOf(exchange, method))
			.next()
			.mapNotNull((route) -> policyOf(route).orElse(null));
	}

	private static Flux<HttpMethod> candidates(ServerWebExchange exchange) {
		Optional<HttpMethod> announced = Optional
			.ofNullable(exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD))
			.map(HttpMethod::valueOf);
		return Flux.fromStream(
				() -> Stream
					.concat(announced.stream(),
							Stream.of(HttpMethod.OPTIONS, HttpMethod.POST, HttpMethod.GET, HttpMethod.DELETE))
					.distinct());
	}

	private Mono<Route> routeOf(ServerWebExchange exchange, HttpMethod method) {
		return this.routes.getRoutes().filterWhen((route) -> matches(route, new Rehearsal(exchange, method))).next();
	}

	private static Publisher<Boolean> matches(Route route, ServerWebExchange rehearsal) {
		rehearsal.getAttributes().put(ServerWebExchangeUtils.GATEWAY_PREDICATE_ROUTE_ATTR, route.getId());
		return Mono.defer(() -> Mono.from(route.getPredicate().apply(rehearsal))).onErrorResume((ex) -> {
			logger.debug("event=preflight-predicate-failed route=" + route.getId(), ex);
			return Mono.just(false);
		});
	}

	private static Optional<CorsPolicy> policyOf(Route route) {
		return route.getFilters()
			.stream()
			.map(RoutePolicies::innermost)
			.filter(CorsPolicySource.class::isInstance)
			.map((filter) -> ((CorsPolicySource) filter).corsPolicy())
			.findFirst();
	}

	private static GatewayFilter innermost(GatewayFilter filter) {
		GatewayFilter inner = filter;
		while (inner instanceof OrderedGatewayFilter ordered) {
			inner = ordered.getDelegate();
		}
		return inner;
	}

	/**
	 * The announced request, with attributes of its own: what predicates leave there must
	 * not reach the real exchange.
	 */
	private static final class Rehearsal extends ServerWebExchangeDecorator {

		private final Map<String, Object> attributes;

		Rehearsal(ServerWebExchange exchange, HttpMethod method) {
			super(exchange.mutate().request((request) -> request.method(method)).build());
			this.attributes = new ConcurrentHashMap<>(exchange.getAttributes());
		}

		@Override
		public Map<String, Object> getAttributes() {
			return this.attributes;
		}

	}

}
