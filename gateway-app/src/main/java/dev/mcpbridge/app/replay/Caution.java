package dev.mcpbridge.app.replay;

import java.util.Optional;
import java.util.Set;

import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.policy.ToolClasses;
import tools.jackson.databind.JsonNode;

/**
 * What is not sent again: what may change something, and what is not known any more.
 *
 * @param allTools whether tools that write are called too
 * @param classes what tools do
 */
record Caution(boolean allTools, ToolClasses classes) {

	private static final Set<String> HARMLESS = Set.of("initialize", "ping", "tools/list", "resources/list",
			"resources/read", "resources/templates/list", "prompts/list", "prompts/get", "completion/complete",
			"logging/setLevel", "server/discover", "notifications/initialized", "notifications/cancelled",
			"notifications/progress", "notifications/roots/list_changed");

	/**
	 * Says why an exchange is not replayed.
	 * @param exchange the exchange
	 * @return the reason, or empty if it is
	 */
	Optional<String> against(RecordedExchange exchange) {
		if (!exchange.isOfARoute()) {
			return Optional.of("of the authorization server");
		}
		if (!exchange.isAnswered()) {
			return Optional.of("it got no answer then");
		}
		if (exchange.status() == 401 && exchange.hasToken()) {
			return Optional.of("its token was refused then");
		}
		if (exchange.method().equals("POST") && exchange.messages().isEmpty()) {
			return Optional.of("its body is not in the recording");
		}
		return exchange.messages().stream().map(this::against).flatMap(Optional::stream).findFirst();
	}

	private Optional<String> against(JsonNode message) {
		String method = message.path("method").asString("");
		JsonNode params = message.path("params");
		if (method.equals("tools/call")) {
			return againstTool(params);
		}
		if (!HARMLESS.contains(method)) {
			return Optional.of(method.isEmpty() ? "it answers the server" : "nobody knows what " + method + " does");
		}
		return isRedacted(params.path("uri")) || isRedacted(params.path("arguments"))
				? Optional.of("its arguments are redacted") : Optional.empty();
	}

	private Optional<String> againstTool(JsonNode params) {
		String tool = params.path("name").asString("");
		ToolClass kind = this.classes.classOf(tool);
		boolean reads = kind == ToolClass.READ || kind == ToolClass.SEARCH;
		if (!reads && !this.allTools) {
			return Optional.of((kind == ToolClass.UNKNOWN) ? "nobody knows whether " + tool + " only reads"
					: tool + " does not only read");
		}
		return isRedacted(params.path("arguments")) ? Optional.of("its arguments are redacted") : Optional.empty();
	}

	private static boolean isRedacted(JsonNode node) {
		return RecordedExchange.PSEUDONYM.matcher(node.toString()).find();
	}

}
