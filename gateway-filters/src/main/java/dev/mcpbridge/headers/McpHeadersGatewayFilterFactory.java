package dev.mcpbridge.headers;

import java.util.List;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.message.JsonRpcError;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets only the headers of the other side cross that belong to this conversation.
 * <p>
 * The upstream's response headers pass by list; what this gateway sets itself is not
 * touched. The client's request headers pass except cookies, hop-by-hop headers, what a
 * browser says about the page, and where the client is. What cannot be a revision of MCP
 * is 400, and a redirect of the upstream 502. It has to be a bean: Spring Cloud Gateway
 * asks it at the very point where headers leave and arrive.
 */
public final class McpHeadersGatewayFilterFactory extends McpFilterFactory<McpHeadersGatewayFilterFactory.Config>
		implements HttpHeadersFilter, Ordered {

	private static final JsonRpcError MALFORMED = new JsonRpcError(JsonRpcError.INVALID_REQUEST,
			"Malformed " + ProtocolVersion.HEADER + " header");

	/**
	 * Makes the factory.
	 */
	public McpHeadersGatewayFilterFactory() {
		super(Config.class);
	}

	@Override
	public GatewayFilter apply(Config config) {
		HeaderRules rules = config.rules();
		return at(FilterOrder.HEADERS, config, (exchange, chain) -> {
			if (ProtocolVersion.isMalformed(exchange.getRequest().getHeaders())) {
				return MALFORMED.write(exchange.getResponse(), HttpStatus.BAD_REQUEST);
			}
			exchange.getAttributes().put(Crossing.ATTRIBUTE, new Crossing(rules));
			return chain.filter(exchange.mutate().response(new RedirectedResponse(exchange)).build());
		});
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		@Nullable Crossing crossing = exchange.getAttribute(Crossing.ATTRIBUTE);
		return (crossing != null)
				? crossing.pass(input, exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR)) : input;
	}

	@Override
	public boolean supports(Type type) {
		return true;
	}

	/**
	 * Stands last, after the filters that add {@code X-Forwarded-*}.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * What differs from our lists on a route.
	 *
	 * @param allowedResponseHeaders more of the upstream's response headers that reach
	 * the client: names, or families such as {@code x-vendor-*}; never challenges,
	 * cookies, CORS or hop-by-hop headers
	 * @param droppedRequestHeaders more of the client's request headers that do not reach
	 * the upstream
	 * @param forwarded whether {@code Forwarded}, {@code X-Forwarded-*} and
	 * {@code X-Real-IP} reach the upstream
	 */
	public record Config(@DefaultValue List<String> allowedResponseHeaders,
			@DefaultValue List<String> droppedRequestHeaders, @DefaultValue("false") boolean forwarded) {

		/**
		 * Checks the names.
		 */
		public Config {
			allowedResponseHeaders = List.copyOf(allowedResponseHeaders);
			droppedRequestHeaders = List.copyOf(droppedRequestHeaders);
			HeaderRules.of(allowedResponseHeaders, droppedRequestHeaders, forwarded);
		}

		HeaderRules rules() {
			return HeaderRules.of(this.allowedResponseHeaders, this.droppedRequestHeaders, this.forwarded);
		}

	}

}
