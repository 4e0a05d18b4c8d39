package dev.mcpbridge.simulator.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON trees in and out.
 */
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	/**
	 * Starts an object.
	 * @return an empty object
	 */
	public static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	/**
	 * Starts an array.
	 * @return an empty array
	 */
	public static ArrayNode array() {
		return JsonNodeFactory.instance.arrayNode();
	}

	/**
	 * Collects strings into an array.
	 * @param values the strings
	 * @return the array
	 */
	public static ArrayNode strings(Iterable<String> values) {
		ArrayNode array = array();
		values.forEach(array::add);
		return array;
	}

	/**
	 * Reads JSON a stranger sent.
	 * @param text the text
	 * @return the tree, empty if the text is not JSON
	 */
	public static Optional<JsonNode> parse(String text) {
		try {
			return Optional.of(MAPPER.readTree(text)).filter((node) -> !node.isMissingNode());
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Reads a JSON object that lies beside a class.
	 * @param owner the class
	 * @param name the file name
	 * @return a fresh tree
	 */
	public static ObjectNode resource(Class<?> owner, String name) {
		try (InputStream stream = owner.getResourceAsStream(name)) {
			return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(stream, name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
