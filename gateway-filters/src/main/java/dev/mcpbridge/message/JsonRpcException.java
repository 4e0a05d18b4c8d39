package dev.mcpbridge.message;

import org.springframework.http.HttpStatus;

/**
 * A body that is refused, with what the client is told.
 */
public final class JsonRpcException extends RuntimeException {

	private final HttpStatus status;

	private final transient JsonRpcError error;

	/**
	 * Refuses a body.
	 * @param status the HTTP status
	 * @param error what the client is told
	 */
	public JsonRpcException(HttpStatus status, JsonRpcError error) {
		super(error.message(), null, false, false);
		this.status = status;
		this.error = error;
	}

	/**
	 * Returns the status.
	 * @return the HTTP status
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Returns what the client is told.
	 * @return the error
	 */
	public JsonRpcError error() {
		return this.error;
	}

}
