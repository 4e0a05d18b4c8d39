package dev.mcpbridge.translation.sseclients;

import java.util.Locale;

import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.relay.RelayFullException;
import dev.mcpbridge.relay.RelayOutageException;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * What a client of HTTP+SSE asked for is not done.
 */
final class TurnedAwayException extends RuntimeException {

	private static final String RETRY_AFTER_SECONDS = "2";

	private final @Nullable Refused why;

	private final HttpStatus status;

	private final transient JsonRpcError error;

	private TurnedAwayException(@Nullable Refused why, HttpStatus status, JsonRpcError error) {
		super(error.message(), null, false, false);
		this.why = why;
		this.status = status;
		this.error = error;
	}

	/** Of the statuses that lead clients to HTTP+SSE, some know no 400. */
	static TurnedAwayException noSession() {
		return new TurnedAwayException(Refused.NO_SESSION, HttpStatus.METHOD_NOT_ALLOWED,
				new JsonRpcError(JsonRpcError.INVALID_REQUEST, "Missing sessionId"));
	}

	static TurnedAwayException unknownSession() {
		return new TurnedAwayException(Refused.UNKNOWN_SESSION, HttpStatus.NOT_FOUND,
				new JsonRpcError(JsonRpcError.SESSION_NOT_FOUND, "Session not found"));
	}

	static TurnedAwayException notBegun() {
		return new TurnedAwayException(null, HttpStatus.BAD_GATEWAY,
				new JsonRpcError(JsonRpcError.INTERNAL_ERROR, "The upstream does not begin a session"));
	}

	static TurnedAwayException tooMany(HttpStatus status, String what) {
		return new TurnedAwayException(Refused.TOO_MANY, status,
				new JsonRpcError(JsonRpcError.SERVER_ERROR, "Too many " + what));
	}

	static TurnedAwayException notAcceptable() {
		return new TurnedAwayException(null, HttpStatus.NOT_ACCEPTABLE,
				new JsonRpcError(JsonRpcError.SERVER_ERROR, "Not Acceptable: client must accept text/event-stream"));
	}

	static TurnedAwayException methodNotAllowed() {
		return new TurnedAwayException(null, HttpStatus.METHOD_NOT_ALLOWED,
				new JsonRpcError(JsonRpcError.SERVER_ERROR, "Method not allowed"));
	}

	/**
	 * Tells what a failure means for the client.
	 * @param failure what happened
	 * @return what the client is told; the failure itself if it is not ours
	 */
	static Throwable of(Throwable failure) {
		if (failure instanceof JsonRpcException refused) {
			boolean large = refused.status() == HttpStatus.CONTENT_TOO_LARGE;
			return new TurnedAwayException(large ? Refused.TOO_LARGE : Refused.MALFORMED, refused.status(),
					refused.error());
		}
		boolean outage = failure instanceof RelayOutageException || failure instanceof RelayFullException;
		return outage
				? new TurnedAwayException(null, HttpStatus.SERVICE_UNAVAILABLE,
						new JsonRpcError(JsonRpcError.INTERNAL_ERROR, "Sessions cannot be reached right now"))
				: failure;
	}

	Mono<Void> write(ServerHttpResponse response, TranslationListener listener) {
		if (this.why != null) {
			listener.refused(Transport.STREAMABLE, this.why);
		}
		HttpHeaders headers = response.getHeaders();
		if (this.status == HttpStatus.METHOD_NOT_ALLOWED) {
			headers.set(HttpHeaders.ALLOW, "GET, POST");
		}
		if (this.status == HttpStatus.SERVICE_UNAVAILABLE || this.status == HttpStatus.TOO_MANY_REQUESTS) {
			headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		return this.error.write(response, this.status);
	}

	@Override
	public String toString() {
		return "TurnedAwayException[%s]".formatted(this.status.name().toLowerCase(Locale.ROOT));
	}

}
