package dev.mcpbridge.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import org.springframework.http.HttpStatus;

/**
 * Reads what a message is from its outermost members, and skips the rest.
 * <p>
 * Where a member is there twice the last one counts, as it does at most servers.
 */
final class MessageReader {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final JsonParser parser;

	private boolean answers;

	private @Nullable JsonNode id;

	private @Nullable String method;

	private @Nullable JsonNode progressToken;

	private @Nullable JsonNode requestId;

	private @Nullable String protocolVersion;

	private @Nullable String name;

	private @Nullable String uri;

	private MessageReader(JsonParser parser) {
		this.parser = parser;
	}

	/**
	 * Reads a body.
	 * @param content UTF-8 text
	 * @return what is in it
	 * @throws JsonRpcException 400 if it is no JSON, or no JSON-RPC message
	 */
	static JsonRpcBody read(byte[] content) {
		try (JsonParser parser = JSON.createParser(content)) {
			JsonToken first = parser.nextToken();
			if (first == null) {
				throw refused(JsonRpcError.PARSE_ERROR, "Parse error");
			}
			boolean batch = first == JsonToken.START_ARRAY;
			List<JsonRpcMessage> messages = batch ? batch(parser) : List.of(new MessageReader(parser).message());
			if (parser.nextToken() != null) {
				throw refused(JsonRpcError.PARSE_ERROR, "Parse error");
			}
			return new JsonRpcBody(content, batch, messages);
		}
		catch (JacksonException ex) {
			throw refused(JsonRpcError.PARSE_ERROR, "Parse error");
		}
	}

	private static List<JsonRpcMessage> batch(JsonParser parser) {
		List<JsonRpcMessage> messages = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			messages.add(new MessageReader(parser).message());
		}
		if (messages.isEmpty()) {
			throw refused(JsonRpcError.INVALID_REQUEST, "Invalid Request");
		}
		return List.copyOf(messages);
	}

	private JsonRpcMessage message() {
		if (this.parser.currentToken() != JsonToken.START_OBJECT) {
			throw refused(JsonRpcError.INVALID_REQUEST, "Invalid Request");
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			member(this.parser.currentName());
		}
		String method = this.method;
		if (method != null) {
			JsonRpcMessage.Kind kind = (this.id != null) ? JsonRpcMessage.Kind.REQUEST
					: JsonRpcMessage.Kind.NOTIFICATION;
			return message(kind, method);
		}
		if (!this.answers) {
			throw refused(JsonRpcError.INVALID_REQUEST, "Invalid Request");
		}
		return message(JsonRpcMessage.Kind.RESPONSE, "");
	}

	private JsonRpcMessage message(JsonRpcMessage.Kind kind, String method) {
		return new JsonRpcMessage(kind, this.id, method, target(method), this.progressToken, this.requestId,
				Optional.ofNullable(this.protocolVersion));
	}

	private Optional<String> target(String method) {
		return switch (method) {
			case "tools/call", "prompts/get" -> Optional.ofNullable(this.name);
			case "resources/read" -> Optional.ofNullable(this.uri);
			default -> Optional.empty();
		};
	}

	private void member(String name) {
		JsonToken value = this.parser.nextToken();
		switch (name) {
			case "id" -> this.id = scalar(value);
			case "method" -> this.method = text(value);
			case "params" -> members(value, this::param);
			case "result" -> {
				this.answers = true;
				members(value, this::result);
			}
			case "error" -> {
				this.answers = true;
				this.parser.skipChildren();
			}
			default -> this.parser.skipChildren();
		}
	}

	private void param(String name, JsonToken value) {
		switch (name) {
			case "_meta" -> members(value, this::meta);
			case "progressToken" -> this.progressToken = scalar(value);
			case "requestId" -> this.requestId = scalar(value);
			case "protocolVersion" -> this.protocolVersion = text(value);
			case "name" -> this.name = text(value);
			case "uri" -> this.uri = text(value);
			default -> this.parser.skipChildren();
		}
	}

	private void meta(String name, JsonToken value) {
		if (name.equals("progressToken")) {
			this.progressToken = scalar(value);
		}
		else {
			this.parser.skipChildren();
		}
	}

	private void result(String name, JsonToken value) {
		if (name.equals("protocolVersion")) {
			this.protocolVersion = text(value);
		}
		else {
			this.parser.skipChildren();
		}
	}

	private void members(JsonToken value, Member member) {
		if (value != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return;
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			member.read(name, this.parser.nextToken());
		}
	}

	/** A string or a number; anything else is none. */
	private @Nullable JsonNode scalar(JsonToken value) {
		if (value == JsonToken.VALUE_STRING) {
			return StringNode.valueOf(this.parser.getString());
		}
		if (value.isNumeric()) {
			return JSON.valueToTree(this.parser.getNumberValue());
		}
		this.parser.skipChildren();
		return null;
	}

	private @Nullable String text(JsonToken value) {
		if (value == JsonToken.VALUE_STRING) {
			return this.parser.getString();
		}
		this.parser.skipChildren();
		return null;
	}

	private static JsonRpcException refused(int code, String message) {
		return new JsonRpcException(HttpStatus.BAD_REQUEST, new JsonRpcError(code, message));
	}

	/** What is done with a member of an object. */
	@FunctionalInterface
	private interface Member {

		void read(String name, JsonToken value);

	}

}
