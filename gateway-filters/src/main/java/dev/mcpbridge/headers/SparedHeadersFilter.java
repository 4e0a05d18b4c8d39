package dev.mcpbridge.headers;

import org.springframework.cloud.gateway.filter.headers.GRPCRequestHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveXForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TransferEncodingNormalizationHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Leaves out filters of Spring Cloud Gateway whose work {@code McpHeaders} does in its
 * own pass, on routes that have it. Each of them copies all headers of request and
 * response.
 *
 * @param filter the filter that is left out
 * @param forwarded whether it is about {@code Forwarded} and {@code X-Forwarded-*}, which
 * a route may let through
 */
record SparedHeadersFilter(HttpHeadersFilter filter, boolean forwarded) implements HttpHeadersFilter, Ordered {

	/**
	 * Wraps a filter if its work is done elsewhere.
	 * @param filter a filter of Spring Cloud Gateway, or anybody's
	 * @return the filter, left out where it has nothing to do
	 */
	static HttpHeadersFilter of(HttpHeadersFilter filter) {
		if (filter instanceof RemoveForwardedHeadersFilter || filter instanceof RemoveXForwardedHeadersFilter) {
			return new SparedHeadersFilter(filter, true);
		}
		boolean usual = filter instanceof RemoveHopByHopHeadersFilter hop
				&& hop.getHeaders().equals(RemoveHopByHopHeadersFilter.HEADERS_REMOVED_ON_REQUEST);
		return (usual || filter instanceof TransferEncodingNormalizationHeadersFilter
				|| filter instanceof GRPCRequestHeadersFilter) ? new SparedHeadersFilter(filter, false) : filter;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		Crossing crossing = exchange.getAttribute(Crossing.ATTRIBUTE);
		boolean spared = crossing != null && !(this.forwarded && crossing.isForwarding());
		return spared ? input : this.filter.filter(input, exchange);
	}

	@Override
	public boolean supports(Type type) {
		return this.filter.supports(type);
	}

	@Override
	public int getOrder() {
		return (this.filter instanceof Ordered ordered) ? ordered.getOrder() : Ordered.LOWEST_PRECEDENCE;
	}

}
