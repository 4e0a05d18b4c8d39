package dev.mcpbridge.headers;

import java.util.List;

import org.springframework.http.HttpHeaders;

/**
 * What may cross on a route: into the house by list, out of it except by list.
 *
 * @param response the response headers of the upstream that reach the client
 * @param request the request headers of the client that never reach the upstream
 * @param isForwarding whether the upstream may learn where the client is
 */
record HeaderRules(HeaderNames response, HeaderNames request, boolean isForwarding) {

	/**
	 * What would speak for the upstream's house at ours, or for a hop that ended here: no
	 * configuration lets it in.
	 */
	private static final HeaderNames NEVER = HeaderNames.of("never", List.of("www-authenticate", "proxy-*",
			"set-cookie", "set-cookie2", "access-control-*", "connection", "keep-alive", "te", "trailer", "upgrade"));

	private static final HeaderNames RESPONSE = HeaderNames.of("response",
			List.of("content-type", "content-length", "content-encoding", "content-disposition", "content-language",
					"content-range", "accept-ranges", "allow", "location", "date", "mcp-*", "cache-control", "etag",
					"last-modified", "expires", "age", "vary", "pragma", "retry-after", "ratelimit*", "x-ratelimit-*",
					"x-accel-buffering", "x-content-type-options", "atl-traceid", "atl-request-id", "traceparent",
					"tracestate", "traceresponse"));

	private static final HeaderNames REQUEST = HeaderNames.of("request",
			List.of("cookie", "cookie2", "origin", "referer", "sec-fetch-*", "access-control-request-*", "connection",
					"keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-*", "x-request-id"));

	private static final HeaderNames FORWARDED = HeaderNames.of("forwarded",
			List.of("forwarded", "x-forwarded-*", "x-real-ip"));

	/**
	 * Returns the rules a route's arguments make of ours.
	 * @param allowedResponseHeaders more response headers that may cross
	 * @param droppedRequestHeaders more request headers that may not
	 * @param forwarded whether the upstream learns where the client is
	 * @return the rules
	 * @throws IllegalArgumentException for what is no header name, or never may cross
	 */
	static HeaderRules of(List<String> allowedResponseHeaders, List<String> droppedRequestHeaders, boolean forwarded) {
		HeaderNames allowed = HeaderNames.of("allowedResponseHeaders", allowedResponseHeaders);
		if (allowed.meets(NEVER)) {
			throw new IllegalArgumentException(
					"allowedResponseHeaders: %s (expected: no challenge, cookie, CORS or hop-by-hop header)"
						.formatted(allowedResponseHeaders));
		}
		HeaderNames dropped = REQUEST.and(HeaderNames.of("droppedRequestHeaders", droppedRequestHeaders));
		return new HeaderRules(RESPONSE.and(allowed), forwarded ? dropped : dropped.and(FORWARDED), forwarded);
	}

	/**
	 * Keeps what the client may see.
	 * @param upstream the upstream's response headers
	 * @return the headers that cross
	 */
	HttpHeaders toClient(HttpHeaders upstream) {
		HttpHeaders crossing = new HttpHeaders();
		upstream.forEach((name, values) -> {
			if (this.response.contains(name)) {
				crossing.addAll(name, values);
			}
		});
		String location = crossing.getFirst(HttpHeaders.LOCATION);
		if (location != null && !isRelative(location)) {
			crossing.remove(HttpHeaders.LOCATION);
		}
		return crossing;
	}

	/**
	 * Drops what the upstream must not see.
	 * @param client the request headers as they are about to leave
	 * @return the headers that cross
	 */
	HttpHeaders toUpstream(HttpHeaders client) {
		HttpHeaders crossing = new HttpHeaders();
		client.forEach((name, values) -> {
			if (!this.request.contains(name)) {
				crossing.addAll(name, values);
			}
		});
		client.getConnection().forEach(crossing::remove);
		return crossing;
	}

	/**
	 * An absolute address is the upstream's own, or a stranger's: a client that followed
	 * it would carry its bridge token there.
	 */
	private static boolean isRelative(String location) {
		return location.startsWith("/") && !location.startsWith("//") && location.indexOf('\\') < 0;
	}

}
