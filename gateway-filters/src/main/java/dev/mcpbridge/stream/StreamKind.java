package dev.mcpbridge.stream;

import dev.mcpbridge.message.MirroredHeaders;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a stream is for, told from the request that opens it.
 */
public enum StreamKind {

	/** What a server sends unasked: the answer to a {@code GET}. */
	GET,

	/** What a client of MCP 2026-07-28 subscribed to: stands as long as one of GET. */
	LISTEN,

	/** The answer to one message; it ends by itself. */
	POST;

	/**
	 * Tells what a request opens, should its answer be a stream.
	 * @param request the request
	 * @return the kind
	 */
	public static StreamKind of(ServerHttpRequest request) {
		if (request.getMethod() == HttpMethod.GET) {
			return GET;
		}
		return "subscriptions/listen".equals(request.getHeaders().getFirst(MirroredHeaders.METHOD)) ? LISTEN : POST;
	}

	/**
	 * Tells whether such a stream stays open until somebody ends it.
	 * @return whether it does
	 */
	boolean isStanding() {
		return this != POST;
	}

}
