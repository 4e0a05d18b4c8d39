package dev.mcpbridge.headers;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;

/**
 * What Spring's CORS processor thinks of a request, without touching the answer.
 *
 * @param allowed whether the request may go on
 * @param headers the CORS headers Spring would set
 */
record CorsVerdict(boolean allowed, HttpHeaders headers) {

	private static final DefaultCorsProcessor SPRING = new DefaultCorsProcessor();

	/** What Spring thinks of a request that comes from no page. */
	private static final CorsVerdict NO_PAGE = new CorsVerdict(true, HttpHeaders.EMPTY);

	static CorsVerdict of(CorsConfiguration rules, ServerWebExchange exchange) {
		if (!exchange.getRequest().getHeaders().containsHeader(HttpHeaders.ORIGIN)) {
			return NO_PAGE;
		}
		Draft draft = new Draft(exchange.getResponse());
		boolean allowed = SPRING.process(rules, exchange.mutate().response(draft).build());
		draft.headers.remove(HttpHeaders.VARY);
		return new CorsVerdict(allowed, draft.headers);
	}

	/**
	 * A response to write on and throw away: what is already on the real one would make
	 * Spring skip its work.
	 */
	private static final class Draft extends ServerHttpResponseDecorator {

		private final HttpHeaders headers = new HttpHeaders();

		Draft(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public boolean setStatusCode(@Nullable HttpStatusCode status) {
			return true;
		}

	}

}
