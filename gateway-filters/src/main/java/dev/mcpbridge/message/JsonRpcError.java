package dev.mcpbridge.message;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.exchange.Refusal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * An error in the words of JSON-RPC, as MCP clients read it.
 *
 * @param code what kind it is
 * @param message what went wrong, without anything the client sent
 * @param data more about it, or {@code null}
 * @see <a href="https://www.jsonrpc.org/specification#error_object">JSON-RPC 2.0, error
 * object</a>
 */
public record JsonRpcError(int code, String message, @Nullable Object data) {

	/** What arrived is no JSON. */
	public static final int PARSE_ERROR = -32700;

	/** What arrived is no request. */
	public static final int INVALID_REQUEST = -32600;

	/** There is no such method. */
	public static final int METHOD_NOT_FOUND = -32601;

	/** The parameters are wrong. */
	public static final int INVALID_PARAMS = -32602;

	/** We or the upstream failed. */
	public static final int INTERNAL_ERROR = -32603;

	/** The server refuses: the first code left to servers. */
	public static final int SERVER_ERROR = -32000;

	/** There is no such session, as the MCP SDKs say it. */
	public static final int SESSION_NOT_FOUND = -32001;

	/** A header says something else than the body (MCP 2026-07-28). */
	public static final int HEADER_MISMATCH = -32020;

	/** The protocol version is not supported (MCP 2026-07-28). */
	public static final int UNSUPPORTED_VERSION = -32022;

	/**
	 * Makes an error without data.
	 * @param code what kind it is
	 * @param message what went wrong, without anything the client sent
	 */
	public JsonRpcError(int code, String message) {
		this(code, message, null);
	}

	/**
	 * Answers a request with this error.
	 * @param response the response, not committed yet
	 * @param status the HTTP status
	 * @return when it is written
	 */
	public Mono<Void> write(ServerHttpResponse response, HttpStatus status) {
		return Refusal.write(response, status.value(), answer(null));
	}

	/**
	 * Returns the whole message.
	 * @param id the id of the request it answers, as Jackson writes it; {@code null} if
	 * it is not known
	 * @return the members of the message
	 */
	public Map<String, ?> answer(@Nullable Object id) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", this.code);
		error.put("message", this.message);
		if (this.data != null) {
			error.put("data", this.data);
		}
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("jsonrpc", "2.0");
		members.put("id", id);
		members.put("error", error);
		return members;
	}

}
