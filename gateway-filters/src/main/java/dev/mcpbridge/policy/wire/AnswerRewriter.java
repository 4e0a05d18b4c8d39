package dev.mcpbridge.policy.wire;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes from messages of the upstream what a caller is not to see, and puts our answers
 * where they belong. It goes by what a message is, so it needs to know nothing of the
 * request that it answers.
 */
public final class AnswerRewriter implements MessageRewriter {

	/** Numbers stay as they are written. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private static final String TOOLS = "tools";

	private static final String CACHE_SCOPE = "cacheScope";

	private final ToolListing listing;

	/**
	 * Makes a rewriter for one caller.
	 * @param listing what the caller gets to see of a list
	 */
	public AnswerRewriter(ToolListing listing) {
		this.listing = listing;
	}

	@Override
	public @Nullable String rewrite(String json) {
		if (!mayConcern(json)) {
			return null;
		}
		try {
			JsonNode read = JSON.readTree(json);
			JsonNode written = (read instanceof ArrayNode batch) ? batch(batch) : message(read);
			return (written == read) ? null : JSON.writeValueAsString(written);
		}
		catch (JacksonException ex) {
			throw new UnreadableAnswerException("no JSON");
		}
	}

	/** Most messages are not read: a name is only hidden behind an escape by intent. */
	private static boolean mayConcern(String json) {
		return json.contains("\"tools\"") || json.contains(RefusedAnswer.PREFIX) || json.contains("\\u00");
	}

	private JsonNode batch(ArrayNode batch) {
		List<JsonNode> written = batch.values().stream().map(this::message).toList();
		boolean changed = false;
		for (int index = 0; index < written.size(); index++) {
			changed |= written.get(index) != batch.get(index);
		}
		return changed ? JSON.createArrayNode().addAll(written) : batch;
	}

	private JsonNode message(JsonNode node) {
		if (!(node instanceof ObjectNode message)) {
			return node;
		}
		Optional<ObjectNode> refused = RefusedAnswer.of(message);
		if (refused.isPresent()) {
			return refused.get();
		}
		return (message.path("result") instanceof ObjectNode result && result.path(TOOLS) instanceof ArrayNode tools)
				? list(message, result, tools) : message;
	}

	private ObjectNode list(ObjectNode message, ObjectNode result, ArrayNode tools) {
		List<ObjectNode> all = tools.values()
			.stream()
			.filter(ObjectNode.class::isInstance)
			.map(ObjectNode.class::cast)
			.toList();
		List<ObjectNode> chosen = this.listing.choose(all);
		boolean shared = result.path(CACHE_SCOPE).isString()
				&& !"private".equals(result.path(CACHE_SCOPE).stringValue());
		if (chosen.size() == tools.size() && chosen.equals(all) && !shared) {
			return message;
		}
		ObjectNode changed = result.deepCopy();
		changed.set(TOOLS, JSON.createArrayNode().addAll(chosen));
		if (shared) {
			// another caller may get to see others
			changed.put(CACHE_SCOPE, "private");
		}
		ObjectNode copy = message.deepCopy();
		copy.set("result", changed);
		return copy;
	}

}
