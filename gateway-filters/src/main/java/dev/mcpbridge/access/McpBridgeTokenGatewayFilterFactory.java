package dev.mcpbridge.access;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.mcpbridge.access.UpstreamBearer.Granted;
import dev.mcpbridge.access.UpstreamBearer.Refused;
import dev.mcpbridge.access.UpstreamBearer.Unknown;
import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Replaces the bridge token a client presents by the upstream token it stands for.
 * <p>
 * Fails closed: without a good bridge token the request never leaves the gateway. A token
 * is taken from the {@code Authorization} header only; a request with a token in its
 * query is refused, for the query would carry it upstream and into logs.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section
 * 2.1</a>
 */
public final class McpBridgeTokenGatewayFilterFactory
		extends McpFilterFactory<McpBridgeTokenGatewayFilterFactory.Config> {

	private static final String BEARER = "Bearer ";

	private final Unwrapping unwrapping;

	private final Challenger challenger;

	private final Duration refreshAhead;

	/**
	 * Makes the filter's factory.
	 * @param unwrapping finds upstream tokens
	 * @param challenger writes the challenge
	 * @param refreshAhead how long before its end an upstream token is renewed on routes
	 * that do not say so
	 */
	public McpBridgeTokenGatewayFilterFactory(Unwrapping unwrapping, Challenger challenger, Duration refreshAhead) {
		super(Config.class);
		this.unwrapping = unwrapping;
		this.challenger = challenger;
		this.refreshAhead = refreshAhead;
	}

	@Override
	public GatewayFilter apply(Config config) {
		Duration ahead = Objects.requireNonNullElse(config.refreshAhead(), this.refreshAhead);
		return at(FilterOrder.UNWRAP, new Config(ahead),
				(exchange, chain) -> bearerOf(exchange)
					.map((jwt) -> this.unwrapping.unwrap(jwt, ahead).flatMap((bearer) -> pass(bearer, exchange, chain)))
					.orElseGet(() -> refuse(exchange, Challenger.MISSING)));
	}

	private Mono<Void> pass(UpstreamBearer bearer, ServerWebExchange exchange, GatewayFilterChain chain) {
		if (bearer instanceof Granted granted) {
			return chain.filter(withBearer(exchange, granted.token()));
		}
		if (bearer instanceof Refused refused) {
			return refuse(exchange, refused.error());
		}
		return Refusal.write(exchange.getResponse(),
				OAuthError.temporarilyUnavailable("The token cannot be renewed right now"),
				((Unknown) bearer).retryAfter());
	}

	private Mono<Void> refuse(ServerWebExchange exchange, OAuthError error) {
		return this.challenger.challenge(exchange, exchange.getResponse(), error);
	}

	private static Optional<String> bearerOf(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		List<String> values = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
		return Optional.of(values)
			.filter((list) -> list.size() == 1 && !request.getQueryParams().containsKey("access_token"))
			.map((list) -> list.get(0))
			.filter((value) -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
			.map((value) -> value.substring(BEARER.length()).strip())
			.filter((token) -> !token.isEmpty());
	}

	private static ServerWebExchange withBearer(ServerWebExchange exchange, Secret token) {
		return exchange.mutate()
			.request((request) -> request.headers((headers) -> headers.setBearerAuth(token.reveal())))
			.build();
	}

	/**
	 * The arguments.
	 *
	 * @param refreshAhead how long before its end an upstream token is renewed, 0 or
	 * more; empty for {@code mcp.bridge.refresh.ahead}
	 */
	public record Config(@Nullable Duration refreshAhead) {

		public Config {
			if (refreshAhead != null && refreshAhead.isNegative()) {
				throw new IllegalArgumentException(
						"refreshAhead: %s (expected: 0 or more, such as 5m)".formatted(refreshAhead));
			}
		}

	}

}
