package dev.mcpbridge.exchange;

import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * What is done to a response just before its headers leave.
 */
public final class AtCommit {

	private AtCommit() {
	}

	/**
	 * Does something at the commit, at once rather than as one more publisher.
	 * @param response the response
	 * @param action what to do
	 */
	public static void run(ServerHttpResponse response, Runnable action) {
		response.beforeCommit(() -> {
			action.run();
			return Mono.empty();
		});
	}

}
