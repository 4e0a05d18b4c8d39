package dev.mcpbridge.stream;

import java.time.Duration;

import dev.mcpbridge.message.JsonRpcError;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;

/**
 * What is answered to requests that do not go upstream.
 */
final class StreamRefusal {

	/** Other replicas take it at once; a single one is back later than that anyway. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private StreamRefusal() {
	}

	/**
	 * Answers to who wants a stream while the gateway stops.
	 * @param response the response, not committed yet
	 * @return when it is written
	 */
	static Mono<Void> draining(ServerHttpResponse response) {
		response.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
		return new JsonRpcError(JsonRpcError.SERVER_ERROR, "The server is about to stop; try again").write(response,
				HttpStatus.SERVICE_UNAVAILABLE);
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
