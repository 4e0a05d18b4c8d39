package dev.mcpbridge.headers;

import java.time.Duration;
import java.util.List;

import dev.mcpbridge.exchange.McpFilterFactory;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * Makes the CORS headers of a route ours alone: once on every answer, success or refusal,
 * whatever the upstream sent.
 * <p>
 * Refuses a request from a web page of another origin with 403 before anything else looks
 * at it. Preflights are answered by {@link McpCorsWebFilter}, which finds this filter on
 * the route.
 */
public final class McpCorsGatewayFilterFactory extends McpFilterFactory<McpCorsGatewayFilterFactory.Config> {

	/**
	 * Makes the factory.
	 */
	public McpCorsGatewayFilterFactory() {
		super(Config.class);
	}

	@Override
	public GatewayFilter apply(Config config) {
		return new CorsFilter(config, config.policy());
	}

	/**
	 * Which pages may call a route.
	 *
	 * @param allowedOrigins {@code *} alone, or origins and patterns such as
	 * {@code https://*.example.com}
	 * @param preset the set of headers: {@code mcp}, or {@code atlassian} as Atlassian's
	 * service has it
	 * @param allowedHeaders more request headers a page may send, such as
	 * {@code Mcp-Param-Region}
	 * @param allowCredentials whether a page may send its cookies, never with {@code *}
	 * @param maxAge how long a browser may remember a preflight, 0 or more
	 */
	public record Config(@DefaultValue("*") List<String> allowedOrigins, @DefaultValue("mcp") CorsPreset preset,
			@DefaultValue List<String> allowedHeaders, @DefaultValue("false") boolean allowCredentials,
			@DefaultValue("24h") Duration maxAge) {

		/**
		 * Checks the arguments against each other.
		 */
		public Config {
			allowedOrigins = List.copyOf(allowedOrigins);
			allowedHeaders = List.copyOf(allowedHeaders);
			policy(allowedOrigins, preset, allowedHeaders, allowCredentials, maxAge);
		}

		CorsPolicy policy() {
			return policy(this.allowedOrigins, this.preset, this.allowedHeaders, this.allowCredentials, this.maxAge);
		}

		private static CorsPolicy policy(List<String> allowedOrigins, CorsPreset preset, List<String> allowedHeaders,
				boolean allowCredentials, Duration maxAge) {
			CorsPolicy policy = CorsPolicy.mcp(allowedOrigins, allowedHeaders, allowCredentials, maxAge);
			if (preset == CorsPreset.MCP) {
				return policy;
			}
			if (!allowedOrigins.equals(List.of("*"))) {
				throw new IllegalArgumentException(
						"allowedOrigins: %s (expected: * with preset atlassian)".formatted(allowedOrigins));
			}
			return CorsPolicy.atlassian(allowedHeaders, maxAge);
		}

	}

}
