package dev.mcpbridge.boards;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One colour for one word, on every board: what is well is green, what is ours and bad is
 * red, what is the upstream's and bad is orange.
 */
final class Colours {

	private static final Map<String, String> WORDS = words();

	private Colours() {
	}

	/**
	 * Writes them where Grafana looks for exceptions.
	 * @param overrides the exceptions
	 * @param legends the legends of a panel; the values of labels are not known before
	 */
	static void override(ArrayNode overrides, Collection<String> legends) {
		boolean anyWord = legends.stream().anyMatch((legend) -> legend.startsWith("{{") && legend.endsWith("}}"));
		WORDS.forEach((word, colour) -> {
			if (legends.contains(word) || anyWord && isOutcome(legends)) {
				ObjectNode override = overrides.addObject();
				override.putObject("matcher").put("id", "byName").put("options", word);
				override.putArray("properties")
					.addObject()
					.put("id", "color")
					.putObject("value")
					.put("mode", "fixed")
					.put("fixedColor", colour);
			}
		});
	}

	private static boolean isOutcome(Collection<String> legends) {
		return legends.contains("{{outcome}}") || legends.contains("{{end}}") || legends.contains("{{kind}}")
				|| legends.contains("{{httpStatusCode}}");
	}

	private static Map<String, String> words() {
		Map<String, String> words = new LinkedHashMap<>();
		words.put("ok", "green");
		words.put("rotated", "green");
		words.put("successful", "green");
		words.put("adopted", "light-green");
		words.put("challenged", "blue");
		words.put("cancelled", "text");
		words.put("client_left", "blue");
		words.put("drained", "purple");
		words.put("refused", "purple");
		words.put("upstream", "orange");
		words.put("upstream_ended", "green");
		words.put("upstream_refused", "yellow");
		words.put("upstream_failed", "orange");
		words.put("unreachable", "orange");
		words.put("conflict", "blue");
		words.put("us", "red");
		words.put("error", "red");
		words.put("unavailable", "red");
		words.put("failed", "dark-red");
		words.put("revoked", "dark-red");
		words.put("200", "green");
		words.put("202", "light-green");
		words.put("400", "yellow");
		words.put("401", "blue");
		words.put("404", "purple");
		words.put("500", "red");
		words.put("502", "orange");
		words.put("503", "red");
		return words;
	}

}
