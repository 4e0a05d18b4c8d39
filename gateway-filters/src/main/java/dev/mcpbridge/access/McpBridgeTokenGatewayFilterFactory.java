package dev.mcpbridge.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.mcpbridge.access.AccessListener.Challenge;
import dev.mcpbridge.access.UpstreamBearer.Granted;
import dev.mcpbridge.access.UpstreamBearer.Refused;
import dev.mcpbridge.access.UpstreamBearer.Unknown;
import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.refresh.GrantKeeper;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * Replaces the bridge token a client presents by the upstream token it stands for.
 * <p>
 * Fails closed: without a good bridge token the request never leaves the gateway. A token
 * is taken from the {@code Authorization} header only; a request with a token in its
 * query is refused, for the query would carry it upstream and into logs.
 * <p>
 * What the upstream refuses with 401 although the token should serve is sent once more
 * with a renewed token, if its body is small enough to be kept.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section
 * 2.1</a>
 */
public final class McpBridgeTokenGatewayFilterFactory
		extends McpFilterFactory<McpBridgeTokenGatewayFilterFactory.Config> {

	private static final String BEARER = "Bearer ";

	private final Unwrapping unwrapping;

	private final @Nullable Replays replays;

	private final Challenger challenger;

	private final AccessListener listener;

	private final Config defaults;

	/**
	 * Makes the filter's factory.
	 * @param unwrapping finds upstream tokens
	 * @param keeper renews tokens the upstream refuses, or {@code null} if there are no
	 * grants
	 * @param challenger writes the challenge
	 * @param clock tells how old a token is
	 * @param listener hears what becomes of requests
	 * @param defaults the arguments of routes that do not say so, each of them given
	 */
	public McpBridgeTokenGatewayFilterFactory(Unwrapping unwrapping, @Nullable GrantKeeper keeper,
			Challenger challenger, InstantSource clock, AccessListener listener, Config defaults) {
		super(Config.class);
		this.unwrapping = unwrapping;
		this.replays = (keeper != null) ? new Replays(keeper, clock, listener) : null;
		this.challenger = challenger;
		this.listener = listener;
		this.defaults = defaults;
	}

	@Override
	public GatewayFilter apply(Config config) {
		Config effective = config.or(this.defaults);
		Duration ahead = Objects.requireNonNull(effective.refreshAhead());
		DataSize limit = Objects.requireNonNull(effective.replayLimit());
		return at(FilterOrder.UNWRAP, effective, (exchange, chain) -> {
			String jwt = bearerOf(exchange).orElse(null);
			if (jwt == null) {
				return refuse(new Refused(Challenge.MISSING), exchange);
			}
			Granted known = this.unwrapping.atOnce(jwt, ahead, exchange).orElse(null);
			return (known != null) ? pass(known, exchange, chain, limit)
					: this.unwrapping.unwrap(jwt, ahead, exchange)
						.flatMap((bearer) -> (bearer instanceof Granted granted) ? pass(granted, exchange, chain, limit)
								: refuse(bearer, exchange));
		});
	}

	private Mono<Void> pass(Granted granted, ServerWebExchange exchange, GatewayFilterChain chain, DataSize limit) {
		Grant grant = granted.grant();
		Replays replays = this.replays;
		if (grant == null || replays == null) {
			return chain.filter(granted.on(exchange));
		}
		return Mono.using(() -> KeptBody.of(exchange, limit),
				(body) -> replays.send(granted, grant, new Attempts(exchange, chain, body))
					.flatMap((bearer) -> refuse(bearer, exchange)),
				KeptBody::close);
	}

	private Mono<Void> refuse(UpstreamBearer bearer, ServerWebExchange exchange) {
		if (bearer instanceof Unknown unknown) {
			this.listener.unavailable(unknown.why());
			return Refusal.write(exchange.getResponse(),
					OAuthError.temporarilyUnavailable("The token cannot be renewed right now"), unknown.retryAfter());
		}
		Challenge why = (bearer instanceof Refused refused) ? refused.why() : Challenge.UPSTREAM;
		return this.challenger.challenge(exchange, exchange.getResponse(), why);
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

	/**
	 * The arguments.
	 *
	 * @param refreshAhead how long before its end an upstream token is renewed, 0 or
	 * more; empty for {@code mcp.bridge.refresh.ahead}
	 * @param replayLimit how large the body of a request may be that is sent again after
	 * the upstream refused its token, 0 or more, 0 to send none again; empty for
	 * {@code mcp.bridge.refresh.replay-limit}
	 */
	public record Config(@Nullable Duration refreshAhead, @Nullable DataSize replayLimit) {

		public Config {
			if (refreshAhead != null && refreshAhead.isNegative()) {
				throw new IllegalArgumentException(
						"refreshAhead: %s (expected: 0 or more, such as 5m)".formatted(refreshAhead));
			}
			if (replayLimit != null && replayLimit.isNegative()) {
				throw new IllegalArgumentException(
						"replayLimit: %s (expected: 0 or more, such as 256KB)".formatted(replayLimit));
			}
		}

		private Config or(Config defaults) {
			return new Config((this.refreshAhead != null) ? this.refreshAhead : defaults.refreshAhead,
					(this.replayLimit != null) ? this.replayLimit : defaults.replayLimit);
		}

	}

}
