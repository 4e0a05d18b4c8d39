package dev.mcpbridge.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.mcpbridge.secret.Fingerprint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One text of a tool: everything a model is told of it.
 *
 * @param hash of all its members but {@code _meta}, whatever their order
 * @param members the hash of each member but the name
 * @param description the beginning of its description, to be compared by people
 * @param parameters the names of its parameters, sorted
 * @param seen when it was seen first
 */
record ToolText(String hash, Map<String, String> members, String description, List<String> parameters, Instant seen) {

	private static final ObjectWriter CANONICAL = JsonMapper.builder()
		.enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
		.build()
		.writer();

	private static final int LONGEST = 400;

	private static final int MOST_PARAMETERS = 50;

	ToolText {
		members = new TreeMap<>(members);
		parameters = List.copyOf(parameters);
	}

	static ToolText of(ObjectNode tool, Instant seen) {
		Map<String, String> members = new TreeMap<>();
		for (Map.Entry<String, JsonNode> member : tool.properties()) {
			if (!member.getKey().equals("_meta") && !member.getKey().equals("name")) {
				members.put(cut(member.getKey()), Fingerprint.of(CANONICAL.writeValueAsString(member.getValue())));
			}
		}
		List<String> parameters = tool.path("inputSchema")
			.path("properties")
			.propertyNames()
			.stream()
			.sorted()
			.limit(MOST_PARAMETERS)
			.map(ToolText::cut)
			.toList();
		String hash = Fingerprint.of(tool.path("name").asString(""), members.toString());
		return new ToolText(hash, members, cut(tool.path("description").asString("")), parameters, seen);
	}

	private static String cut(String text) {
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST) + "…";
	}

}
