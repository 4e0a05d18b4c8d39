package dev.mcpbridge.headers;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.mcpbridge.exchange.AtCommit;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.MirroredHeaders;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which web pages may call, and what they may read: Spring judges by it, and every answer
 * carries its headers once.
 * <p>
 * Whatever CORS headers the upstream or anybody else put on an answer are replaced.
 */
public final class CorsPolicy {

	/** How long a browser may remember a preflight, by default. */
	public static final Duration MAX_AGE = Duration.ofHours(24);

	private static final List<String> ANYONE = List.of("*");

	/** In the words the MCP SDKs refuse an origin with. */
	private static final JsonRpcError REFUSED = new JsonRpcError(JsonRpcError.SERVER_ERROR,
			"This page may not call: its origin is not allowed");

	private static final Pattern ORIGIN = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s,]+");

	private final CorsConfiguration rules;

	private final CorsHeaders headers;

	private CorsPolicy(CorsConfiguration rules, CorsHeaders headers) {
		this.rules = rules;
		this.headers = headers;
	}

	/**
	 * Returns the policy for MCP clients on any web page.
	 * @return the policy
	 */
	public static CorsPolicy mcp() {
		return mcp(ANYONE, List.of(), false, MAX_AGE);
	}

	/**
	 * Returns a policy for MCP clients.
	 * @param allowedOrigins {@code *} alone, or origins and patterns such as
	 * {@code https://*.example.com}
	 * @param allowedHeaders more request headers a page may send, such as
	 * {@code Mcp-Param-Region}
	 * @param allowCredentials whether a page may send its cookies, never with {@code *}
	 * @param maxAge how long a browser may remember a preflight
	 * @return the policy
	 * @throws IllegalArgumentException naming the argument and what is expected
	 */
	public static CorsPolicy mcp(List<String> allowedOrigins, List<String> allowedHeaders, boolean allowCredentials,
			Duration maxAge) {
		CorsConfiguration rules = rules(allowedHeaders, maxAge, "Authorization", "Content-Type", "Accept",
				"Mcp-Session-Id", "MCP-Protocol-Version", MirroredHeaders.METHOD, MirroredHeaders.NAME,
				"Last-Event-ID");
		rules.setAllowedMethods(List.of("GET", "POST", "DELETE", "OPTIONS"));
		rules.setExposedHeaders(List.of("Mcp-Session-Id", "WWW-Authenticate", "MCP-Protocol-Version", "Retry-After"));
		if (allowedOrigins.equals(ANYONE)) {
			check(!allowCredentials, "allowCredentials: true (expected: false, or allowedOrigins that are not *)");
			rules.setAllowedOrigins(ANYONE);
		}
		else {
			check(!allowedOrigins.isEmpty(), "allowedOrigins: none (expected: * alone, or at least one origin)");
			allowedOrigins.forEach((origin) -> check(ORIGIN.matcher(origin).matches(),
					"allowedOrigins: %s (expected: * alone, or origins such as https://app.example.com)"
						.formatted(origin)));
			rules.setAllowedOriginPatterns(allowedOrigins);
			rules.setAllowCredentials(allowCredentials);
		}
		return new CorsPolicy(rules, CorsHeaders.ofMcp(rules));
	}

	/**
	 * Returns the policy of Atlassian's own service: the same five headers on every
	 * answer.
	 * @return the policy
	 */
	public static CorsPolicy atlassian() {
		return atlassian(List.of(), MAX_AGE);
	}

	/**
	 * Returns the policy of Atlassian's own service with more request headers.
	 * @param allowedHeaders more request headers a page may send
	 * @param maxAge how long a browser may remember a preflight
	 * @return the policy
	 */
	public static CorsPolicy atlassian(List<String> allowedHeaders, Duration maxAge) {
		CorsConfiguration rules = rules(allowedHeaders, maxAge, "Content-Type", "mcp-session-id");
		rules.setAllowedMethods(List.of("GET", "POST", "OPTIONS"));
		rules.setExposedHeaders(List.of("mcp-session-id"));
		rules.setAllowedOrigins(ANYONE);
		return new CorsPolicy(rules, CorsHeaders.ofAtlassian(rules));
	}

	/**
	 * Lets an actual request go on if Spring allows its origin and method, and owns the
	 * CORS headers of whatever answer it gets; else it is answered with 403.
	 * @param exchange the exchange
	 * @param next what to do with a request that may go on
	 * @return when it is answered
	 */
	Mono<Void> guard(ServerWebExchange exchange, Supplier<Mono<Void>> next) {
		CorsVerdict verdict = CorsVerdict.of(this.rules, exchange);
		own(exchange.getResponse(), this.headers.ofActual(verdict));
		return verdict.allowed() ? next.get() : REFUSED.write(exchange.getResponse(), HttpStatus.FORBIDDEN);
	}

	/**
	 * Answers an {@code OPTIONS} request: a preflight, or a question for the methods.
	 * @param exchange the exchange
	 * @return when it is answered
	 */
	Mono<Void> answer(ServerWebExchange exchange) {
		CorsVerdict verdict = CorsVerdict.of(this.rules, exchange);
		ServerHttpResponse response = exchange.getResponse();
		boolean preflight = CorsUtils.isPreFlightRequest(exchange.getRequest());
		own(response, preflight ? this.headers.ofPreflight(verdict) : this.headers.ofActual(verdict));
		if (!verdict.allowed()) {
			return refuse(response);
		}
		response.setStatusCode(HttpStatus.NO_CONTENT);
		response.getHeaders().set(HttpHeaders.ALLOW, this.headers.methods());
		return response.setComplete();
	}

	private void own(ServerHttpResponse response, HttpHeaders ours) {
		AtCommit.run(response, () -> this.headers.replace(response.getHeaders(), ours));
	}

	private static Mono<Void> refuse(ServerHttpResponse response) {
		response.setStatusCode(HttpStatus.FORBIDDEN);
		return response.setComplete();
	}

	private static CorsConfiguration rules(List<String> more, Duration maxAge, String... allowedHeaders) {
		check(!maxAge.isNegative(), "maxAge: %s (expected: 0 or more)".formatted(maxAge));
		HeaderNames.of("allowedHeaders", more);
		CorsConfiguration rules = new CorsConfiguration();
		rules.setAllowedHeaders(Stream.concat(Stream.of(allowedHeaders), more.stream()).toList());
		rules.setMaxAge(maxAge);
		return rules;
	}

	private static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
