package dev.mcpbridge.policy;

import java.util.Locale;

import dev.mcpbridge.message.JsonRpcError;

import org.springframework.http.HttpStatus;

/**
 * What is wrong with a request that nobody can judge, since others might read it in
 * another way than we do. It is refused before it is told what it calls.
 */
public enum BodyDefect {

	/** It is larger than what is read. */
	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, JsonRpcError.INVALID_REQUEST, "Message too large"),

	/** It is compressed, or in another encoding than UTF-8. */
	ENCODED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, JsonRpcError.PARSE_ERROR,
			"The message must be JSON in UTF-8, not compressed"),

	/** It is no JSON. */
	NO_JSON(HttpStatus.BAD_REQUEST, JsonRpcError.PARSE_ERROR, "Parse error"),

	/** A member of an object stands there twice. */
	DUPLICATE_MEMBER(HttpStatus.BAD_REQUEST, JsonRpcError.PARSE_ERROR, "A member stands there twice"),

	/** A member is written like one of the protocol, but for its case. */
	AMBIGUOUS_MEMBER(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_REQUEST,
			"A member is spelled like one of the protocol in other letters"),

	/** It is no message, or one whose parts are of the wrong type. */
	NO_MESSAGE(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_REQUEST, "Invalid Request"),

	/** A batch holds another one. */
	NESTED_BATCH(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_REQUEST, "A batch in a batch"),

	/** A method is written like one of the protocol, but for its case or spaces. */
	AMBIGUOUS_METHOD(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_REQUEST,
			"The method is spelled like one of the protocol in other letters"),

	/** A tool is called without an id, so that nobody would hear that it is refused. */
	NO_ID(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_REQUEST, "A call of a tool needs an id"),

	/**
	 * A tool has a name that tools do not have, or one that looks like another tool's.
	 */
	TOOL_NAME(HttpStatus.BAD_REQUEST, JsonRpcError.INVALID_PARAMS, "No tool has such a name"),

	/** A header says something else than the body. */
	HEADER_MISMATCH(HttpStatus.BAD_REQUEST, JsonRpcError.HEADER_MISMATCH, "A header does not match the body");

	private final HttpStatus status;

	private final int code;

	private final String message;

	BodyDefect(HttpStatus status, int code, String message) {
		this.status = status;
		this.code = code;
		this.message = message;
	}

	/**
	 * Returns the defect as metrics and logs write it.
	 * @return the word
	 */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns how it is answered.
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
		return new JsonRpcError(this.code, this.message);
	}

}
