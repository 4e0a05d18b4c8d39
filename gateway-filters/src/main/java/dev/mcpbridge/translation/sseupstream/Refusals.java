package dev.mcpbridge.translation.sseupstream;

import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.relay.RelayFullException;
import dev.mcpbridge.relay.RelayOutageException;
import dev.mcpbridge.relay.RelayOverrunException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * What streamable clients are told when something is not done, in one place.
 */
final class Refusals {

	private static final String RETRY_AFTER_SECONDS = "2";

	private Refusals() {
	}

	static JsonRpcException noSession() {
		return refused(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_REQUEST, "Mcp-Session-Id header is required");
	}

	static JsonRpcException unknownSession() {
		return refused(HttpStatus.NOT_FOUND, JsonRpcError.SESSION_NOT_FOUND, "Session not found");
	}

	static JsonRpcException notAcceptable(String expected) {
		return refused(HttpStatus.NOT_ACCEPTABLE, JsonRpcError.SERVER_ERROR,
				"Not Acceptable: client must accept " + expected);
	}

	static JsonRpcException malformed(String message) {
		return refused(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_REQUEST, message);
	}

	static JsonRpcException tooMany(String message) {
		return refused(HttpStatus.TOO_MANY_REQUESTS, JsonRpcError.SERVER_ERROR, message);
	}

	/**
	 * Whoever waits for an answer does not get it; whoever has sent nothing yet may
	 * again.
	 */
	static JsonRpcException streamCut() {
		return upstreamFailed(HttpStatus.SERVICE_UNAVAILABLE, "The upstream's stream was cut");
	}

	static JsonRpcException methodNotAllowed() {
		return refused(HttpStatus.METHOD_NOT_ALLOWED, JsonRpcError.SERVER_ERROR, "Method not allowed");
	}

	/**
	 * Says that there is no stream at the endpoint itself, only in a session.
	 * @param response the response, not committed yet
	 * @return when it is written
	 */
	static Mono<Void> noStream(ServerHttpResponse response) {
		response.getHeaders().set(HttpHeaders.ALLOW, "%s, %s".formatted(HttpMethod.POST, HttpMethod.DELETE));
		return noSession().error().write(response, HttpStatus.METHOD_NOT_ALLOWED);
	}

	static JsonRpcException upstreamFailed(HttpStatus status, String message) {
		return refused(status, JsonRpcError.INTERNAL_ERROR, message);
	}

	/**
	 * Answers for a failure, if it is one of ours.
	 * @param response the response, not committed yet
	 * @param failure what happened
	 * @return when it is written, or the failure
	 */
	static Mono<Void> write(ServerHttpResponse response, Throwable failure) {
		if (failure instanceof NotTakenException refused) {
			return refused.reply().write(response);
		}
		JsonRpcException known = known(failure);
		if (known == null || response.isCommitted()) {
			return Mono.error(failure);
		}
		if (known.status() == HttpStatus.METHOD_NOT_ALLOWED) {
			response.getHeaders()
				.set(HttpHeaders.ALLOW, "%s, %s, %s".formatted(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE));
		}
		if (known.status() == HttpStatus.SERVICE_UNAVAILABLE || known.status() == HttpStatus.TOO_MANY_REQUESTS) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		return known.error().write(response, known.status());
	}

	/**
	 * Says a failure as the answer to a request.
	 * @param failure what happened after the response had begun
	 * @return the error
	 */
	static JsonRpcError answer(Throwable failure) {
		JsonRpcException known = known(failure);
		return new JsonRpcError(JsonRpcError.INTERNAL_ERROR,
				(known != null) ? known.error().message() : "The upstream did not take the message");
	}

	private static @Nullable JsonRpcException known(Throwable failure) {
		if (failure instanceof JsonRpcException refused) {
			return refused;
		}
		if (failure instanceof RelayOverrunException) {
			return upstreamFailed(HttpStatus.BAD_GATEWAY, "The answer is lost");
		}
		boolean outage = failure instanceof RelayOutageException || failure instanceof RelayFullException;
		return outage ? upstreamFailed(HttpStatus.SERVICE_UNAVAILABLE, "Sessions cannot be reached right now") : null;
	}

	private static JsonRpcException refused(HttpStatus status, int code, String message) {
		return new JsonRpcException(status, new JsonRpcError(code, message));
	}

}
