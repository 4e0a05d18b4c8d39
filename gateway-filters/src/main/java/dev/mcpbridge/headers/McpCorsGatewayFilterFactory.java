package dev.mcpbridge.headers;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.mcpbridge.exchange.McpFilterFactory;
import org.jspecify.annotations.Nullable;

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

	private final Config defaults;

	/**
	 * Makes the factory.
	 * @param allowedOrigins the pages that may call routes that do not say so
	 * @param allowedHeaders the request headers a page may send on top, on every route
	 * @param maxAge how long a browser may remember a preflight, on routes that do not
	 * say so
	 */
	public McpCorsGatewayFilterFactory(List<String> allowedOrigins, List<String> allowedHeaders, Duration maxAge) {
		super(Config.class);
		this.defaults = new Config(allowedOrigins, CorsPreset.MCP, allowedHeaders, false, maxAge);
	}

	/**
	 * Makes the factory: any page may call.
	 */
	public McpCorsGatewayFilterFactory() {
		this(List.of("*"), List.of(), CorsPolicy.MAX_AGE);
	}

	@Override
	public GatewayFilter apply(Config config) {
		Config effective = config.or(this.defaults);
		return new CorsFilter(effective, effective.policy());
	}

	/**
	 * Which pages may call a route.
	 *
	 * @param allowedOrigins {@code *} alone, or origins and patterns such as
	 * {@code https://*.example.com}; empty for {@code mcp.bridge.cors.allowed-origins}
	 * @param preset the set of headers: {@code mcp}, or {@code atlassian} as Atlassian's
	 * service has it
	 * @param allowedHeaders request headers a page may send besides ours and those of
	 * {@code mcp.bridge.cors.allowed-headers}, such as {@code Mcp-Param-Region}
	 * @param allowCredentials whether a page may send its cookies, never with {@code *}
	 * @param maxAge how long a browser may remember a preflight, 0 or more; empty for
	 * {@code mcp.bridge.cors.max-age}
	 */
	public record Config(@DefaultValue List<String> allowedOrigins, @DefaultValue("mcp") CorsPreset preset,
			@DefaultValue List<String> allowedHeaders, @DefaultValue("false") boolean allowCredentials,
			@Nullable Duration maxAge) {

		private static final List<String> ANYONE = List.of("*");

		/**
		 * Checks the arguments against each other.
		 */
		public Config {
			allowedOrigins = List.copyOf(allowedOrigins);
			allowedHeaders = List.copyOf(allowedHeaders);
			if (!allowedOrigins.isEmpty()) {
				policy(allowedOrigins, preset, allowedHeaders, allowCredentials, maxAge);
			}
		}

		private Config or(Config defaults) {
			List<String> headers = Stream.concat(defaults.allowedHeaders.stream(), this.allowedHeaders.stream())
				.distinct()
				.toList();
			return new Config(this.allowedOrigins.isEmpty() ? defaults.allowedOrigins : this.allowedOrigins,
					this.preset, headers, this.allowCredentials, (this.maxAge != null) ? this.maxAge : defaults.maxAge);
		}

		CorsPolicy policy() {
			return policy(this.allowedOrigins, this.preset, this.allowedHeaders, this.allowCredentials, this.maxAge);
		}

		private static CorsPolicy policy(List<String> allowedOrigins, CorsPreset preset, List<String> allowedHeaders,
				boolean allowCredentials, @Nullable Duration maxAge) {
			Duration age = (maxAge != null) ? maxAge : CorsPolicy.MAX_AGE;
			CorsPolicy policy = CorsPolicy.mcp(allowedOrigins, allowedHeaders, allowCredentials, age);
			if (preset == CorsPreset.MCP) {
				return policy;
			}
			if (!allowedOrigins.equals(ANYONE)) {
				throw new IllegalArgumentException(
						"allowedOrigins: %s (expected: * with preset atlassian)".formatted(allowedOrigins));
			}
			return CorsPolicy.atlassian(allowedHeaders, age);
		}

	}

}
