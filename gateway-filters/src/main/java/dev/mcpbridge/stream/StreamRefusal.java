package dev.mcpbridge.stream;

import dev.mcpbridge.message.JsonRpcError;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;

/**
 * What is answered to requests that do not go upstream.
 */
final class StreamRefusal {

	private StreamRefusal() {
	}

	/**
	 * Answers to a request that is too large.
	 * @param response the response, not committed yet
	 * @param most how large it may be
	 * @return when it is written
	 */
	static Mono<Void> oversized(ServerHttpResponse response, DataSize most) {
		return new JsonRpcError(JsonRpcError.INVALID_REQUEST,
				"The request is larger than %d bytes".formatted(most.toBytes()))
			.write(response, HttpStatus.CONTENT_TOO_LARGE);
	}

}
