package dev.mcpbridge.access;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.RequestScope;
import dev.mcpbridge.exchange.McpFilterFactory;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Gives every 401 of a route one shape, whoever refused, and every failure of the
 * upstream a status that does not cost a login.
 * <p>
 * The upstream's own challenge never leaves, since it would send clients to the
 * upstream's authorization server. An upstream that is down, slow or broken is 503, 504
 * or 502, never 401 and never 500.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
 */
public final class McpChallengeGatewayFilterFactory extends McpFilterFactory<McpChallengeGatewayFilterFactory.Config> {

	private final Challenger challenger;

	/**
	 * Makes the filter's factory.
	 * @param challenger writes the challenge
	 */
	public McpChallengeGatewayFilterFactory(Challenger challenger) {
		super(Config.class);
		this.challenger = challenger;
	}

	@Override
	public GatewayFilter apply(Config config) {
		return at(FilterOrder.CHALLENGE, config, (exchange, chain) -> {
			Challenger.style(exchange, config.body());
			ChallengedResponse response = new ChallengedResponse(exchange, this.challenger);
			return RequestScope.around(chain.filter(exchange.mutate().response(response).build()))
				.onErrorResume((failure) -> UpstreamFailure.answer(exchange, failure));
		});
	}

	/**
	 * The arguments.
	 *
	 * @param body what the body of a challenge is
	 */
	public record Config(@DefaultValue("oauth") Body body) {

	}

	/** What the body of a challenge is. */
	public enum Body {

		/** {@code error} and {@code error_description}, as Atlassian answers. */
		OAUTH,

		/** A JSON-RPC error, for clients that parse nothing else. */
		JSON_RPC

	}

}
