package dev.mcpbridge.record;

import java.util.List;
import java.util.stream.Stream;

import dev.mcpbridge.exchange.RawQuery;
import dev.mcpbridge.exchange.SessionIds;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request as it came, with everything in it that nobody may know.
 *
 * @param route the id of its route, or {@code null} if it is for no route
 * @param method the HTTP method
 * @param url the path and the query, percent-encoded
 * @param headers a copy of the headers
 * @param login whom it says it is of
 */
record Call(@Nullable String route, String method, String url, HttpHeaders headers, Login login) {

	private static final String SESSION = "Mcp-Session-Id";

	static Call of(@Nullable String route, ServerHttpRequest request) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(request.getHeaders());
		String query = request.getURI().getRawQuery();
		String path = request.getURI().getRawPath();
		return new Call(route, request.getMethod().name(), (query != null) ? path + "?" + query : path, headers,
				Login.of(headers));
	}

	/** The sessions it names: one, or none. */
	List<String> sessions() {
		int query = this.url.indexOf('?');
		Stream<String> named = (query < 0) ? Stream.empty()
				: new RawQuery(this.url.substring(query + 1)).values(SessionIds.PARAMETER).stream();
		return Stream.concat(this.headers.getOrEmpty(SESSION).stream(), named.map(Redactor::decoded)).toList();
	}

	int weight() {
		int headers = this.headers.headerSet()
			.stream()
			.mapToInt((header) -> header.getKey().length() + String.join("", header.getValue()).length() + 64)
			.sum();
		return headers + this.url.length();
	}

	@Override
	public String toString() {
		return "Call[method=%s, route=%s]".formatted(this.method, this.route);
	}

}
