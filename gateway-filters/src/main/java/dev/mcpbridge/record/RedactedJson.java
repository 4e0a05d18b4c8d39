package dev.mcpbridge.record;

import java.util.List;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * JSON without what must not be known: a text stays a text, and every key stays.
 */
final class RedactedJson {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/** What is said so short in a member named like a credential may be a word. */
	private static final int TELLING = 16;

	private final Redactor redactor;

	private final RedactedQuery urls;

	private final JsonPaths paths;

	RedactedJson(Redactor redactor, List<String> paths) {
		this.redactor = redactor;
		this.urls = new RedactedQuery(redactor);
		this.paths = JsonPaths.of(paths);
	}

	/**
	 * Reads a text.
	 * @param text any text
	 * @return its JSON without secrets, or empty if it is none
	 */
	Optional<JsonNode> of(String text) {
		return parsed(text).map((json) -> redacted(json, this.paths));
	}

	private static Optional<JsonNode> parsed(String text) {
		try {
			return text.isBlank() ? Optional.empty() : Optional.of(JSON.readTree(text));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private JsonNode redacted(JsonNode node, JsonPaths here) {
		if (node instanceof ObjectNode object) {
			return object(object, here);
		}
		if (node instanceof ArrayNode array) {
			ArrayNode all = JsonNodeFactory.instance.arrayNode();
			array.forEach((element) -> all.add(redacted(element, here)));
			return all;
		}
		return node.isString() ? StringNode.valueOf(text(node.stringValue())) : node;
	}

	private ObjectNode object(ObjectNode object, JsonPaths here) {
		ObjectNode all = JsonNodeFactory.instance.objectNode();
		object.forEachEntry((name, value) -> {
			JsonPaths inside = here.at(name);
			all.set(this.redactor.text(name),
					inside.isEnd() ? StringNode.valueOf(whole(value)) : isCredential(name, value)
							? StringNode.valueOf(this.redactor.secret(value.stringValue())) : redacted(value, inside));
		});
		return all;
	}

	private String whole(JsonNode value) {
		return this.redactor.personal(value.isString() ? value.stringValue() : value.toString());
	}

	private static boolean isCredential(String name, JsonNode value) {
		if (!value.isString()) {
			return false;
		}
		String text = value.stringValue();
		return SecretShapes.NAMES.matcher(name).matches() || SecretShapes.ACCOUNTS.matcher(name).matches()
				|| SecretShapes.OAUTH_NAMES.matcher(name).matches() && text.length() >= TELLING
						&& text.indexOf(' ') < 0;
	}

	/** Tools answer with JSON as a text, often. */
	private String text(String text) {
		if (text.startsWith("{") || text.startsWith("[")) {
			Optional<JsonNode> inside = parsed(text);
			if (inside.isPresent()) {
				JsonNode redacted = redacted(inside.get(), this.paths);
				return redacted.equals(inside.get()) ? text : redacted.toString();
			}
		}
		return this.redactor.unparsed((text.contains("://") && text.indexOf(' ') < 0) ? this.urls.url(text) : text);
	}

}
