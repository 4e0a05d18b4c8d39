package dev.mcpbridge.headers;

import java.util.List;
import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Answers preflights, which never reach a gateway filter, and owns the CORS headers of
 * public paths that are no routes.
 * <p>
 * A preflight for a route is judged by the route's {@code McpCors} filter; a route
 * without one is left to Spring Cloud Gateway. No token is asked for.
 */
public final class McpCorsWebFilter implements WebFilter, Ordered {

	/** Before security and everything else that could ask for a token. */
	static final int ORDER = -1000;

	private final RoutePolicies routes;

	private final List<PathPattern> publicPaths;

	private final CorsPolicy publicPolicy;

	/**
	 * Makes the filter.
	 * @param routes the routes
	 * @param publicPaths patterns of other paths pages may call, such as
	 * {@code /.well-known/**}
	 * @param publicPolicy the policy of those paths
	 */
	public McpCorsWebFilter(RouteLocator routes, List<String> publicPaths, CorsPolicy publicPolicy) {
		this.routes = new RoutePolicies(routes);
		this.publicPaths = publicPaths.stream().map(PathPatternParser.defaultInstance::parse).toList();
		this.publicPolicy = publicPolicy;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean options = exchange.getRequest().getMethod() == HttpMethod.OPTIONS;
		if (isPublic(exchange)) {
			return options ? this.publicPolicy.answer(exchange)
					: this.publicPolicy.guard(exchange, () -> chain.filter(exchange));
		}
		if (!options) {
			return chain.filter(exchange);
		}
		return this.routes.find(exchange).singleOptional().flatMap((policy) -> answer(exchange, chain, policy));
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	private static Mono<Void> answer(ServerWebExchange exchange, WebFilterChain chain, Optional<CorsPolicy> policy) {
		return policy.map((found) -> found.answer(exchange)).orElseGet(() -> chain.filter(exchange));
	}

	private boolean isPublic(ServerWebExchange exchange) {
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		return this.publicPaths.stream().anyMatch((pattern) -> pattern.matches(path));
	}

}
