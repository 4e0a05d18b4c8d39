package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object of somebody else's, read member by member.
 * <p>
 * Only what we use is looked at: a value nobody understands in a member nobody needs must
 * not end logins.
 */
final class JsonDocument {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final JsonNode root;

	private JsonDocument(JsonNode root) {
		this.root = root;
	}

	/** Returns the object a text holds, or {@code null} if it holds anything else. */
	static @Nullable JsonDocument parse(String text) {
		try {
			JsonNode root = MAPPER.readTree(text);
			return root.isObject() ? new JsonDocument(root) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/** Returns a text that is there and not empty. */
	@Nullable String text(String member) {
		JsonNode value = this.root.path(member);
		return (value.isString() && !value.stringValue().isEmpty()) ? value.stringValue() : null;
	}

	/** Returns the address a text is, or {@code null} if it is none. */
	static @Nullable URI address(@Nullable String text) {
		try {
			URI address = (text != null) ? URI.create(text) : null;
			return (address != null && address.isAbsolute()) ? address : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** Returns a whole number, also where it is written as a text. */
	@Nullable Long number(String member) {
		JsonNode value = this.root.path(member);
		try {
			if (value.isString()) {
				return Long.valueOf(value.stringValue().trim());
			}
			return (value.isNumber() && value.canConvertToLong()) ? value.asLong() : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	boolean isTrue(String member) {
		return this.root.path(member).isBoolean() && this.root.path(member).booleanValue();
	}

	/** Returns the texts of an array, in their order; empty if there is none. */
	List<String> texts(String member) {
		List<String> texts = new ArrayList<>();
		for (JsonNode value : this.root.path(member)) {
			if (value.isString()) {
				texts.add(value.stringValue());
			}
		}
		return texts;
	}

}
