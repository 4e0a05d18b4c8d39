package dev.mcpbridge.message;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one JSON-RPC message is, without what it is about.
 *
 * @param kind what it is
 * @param id the id it asks or answers with, a string or a number; {@code null} if it has
 * none
 * @param method the method of a request or notification, empty for an answer
 * @param target the tool or prompt it names, or the resource it reads
 * @param progressToken what its progress is reported under (a request), or what it
 * reports on (a progress notification)
 * @param requestId the request it cancels
 * @param protocolVersion the revision {@code initialize} asks for or is answered with
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
public record JsonRpcMessage(Kind kind, @Nullable JsonNode id, String method, Optional<String> target,
		@Nullable JsonNode progressToken, @Nullable JsonNode requestId, Optional<String> protocolVersion) {

	/** The request that begins a session. */
	public static final String INITIALIZE = "initialize";

	/** The notification that ends its beginning. */
	public static final String INITIALIZED = "notifications/initialized";

	/** Tells how far a request is. */
	public static final String PROGRESS = "notifications/progress";

	/** Takes a request back. */
	public static final String CANCELLED = "notifications/cancelled";

	/**
	 * Tells whether it begins a session.
	 * @return whether it is the request {@code initialize}
	 */
	public boolean isInitialize() {
		return this.kind == Kind.REQUEST && this.method.equals(INITIALIZE);
	}

	/**
	 * Tells whether somebody waits for an answer to it.
	 * @return whether it is a request
	 */
	public boolean isRequest() {
		return this.kind == Kind.REQUEST;
	}

	/**
	 * What a message is.
	 */
	public enum Kind {

		/** It asks, and is to be answered. */
		REQUEST,

		/** It tells. */
		NOTIFICATION,

		/** It answers, with a result or an error. */
		RESPONSE

	}

}
