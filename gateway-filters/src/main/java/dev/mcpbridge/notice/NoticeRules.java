package dev.mcpbridge.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mcpbridge.policy.wire.MessageRewriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which parts of the texts in results are notices.
 *
 * @param patterns what they look like
 */
record NoticeRules(List<Pattern> patterns) {

	/** Numbers stay as they are written. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	NoticeRules {
		patterns = List.copyOf(patterns);
	}

	/**
	 * Takes notices from messages. What is no JSON, or has none, stays as it is.
	 * @param found hears of the notices of each message
	 * @return what rewrites a message
	 */
	MessageRewriter takingOut(Consumer<List<String>> found) {
		return (json) -> {
			List<String> notices = new ArrayList<>();
			String written = without(json, notices);
			if (!notices.isEmpty()) {
				found.accept(notices);
			}
			return written;
		};
	}

	private @Nullable String without(String json, List<String> notices) {
		if (!json.contains("\"content\"")) {
			return null;
		}
		try {
			JsonNode read = JSON.readTree(json);
			List<JsonNode> messages = (read instanceof ArrayNode batch) ? batch.values().stream().toList()
					: List.of(read);
			messages.forEach((message) -> clean(message, notices));
			return notices.isEmpty() ? null : JSON.writeValueAsString(read);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private void clean(JsonNode message, List<String> notices) {
		if (!(message.path("result").path("content") instanceof ArrayNode content)) {
			return;
		}
		for (int index = content.size() - 1; index >= 0; index--) {
			if (content.get(index) instanceof ObjectNode item && item.path("text").isString()
					&& "text".equals(item.path("type").asString(""))) {
				String before = item.path("text").stringValue();
				String after = withoutNotices(before, notices);
				if (after.isBlank() && !before.isBlank()) {
					content.remove(index);
				}
				else if (!after.equals(before)) {
					item.put("text", after);
				}
			}
		}
	}

	private String withoutNotices(String text, List<String> notices) {
		String left = text;
		for (Pattern pattern : this.patterns) {
			Matcher matcher = pattern.matcher(left);
			StringBuilder kept = new StringBuilder();
			while (matcher.find()) {
				if (!matcher.group().isEmpty()) {
					notices.add(matcher.group());
				}
				matcher.appendReplacement(kept, "");
			}
			left = matcher.appendTail(kept).toString();
		}
		return left;
	}

}
