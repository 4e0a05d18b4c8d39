package dev.mcpbridge.app.probe.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.mcp.Reply;
import dev.mcpbridge.app.probe.mcp.Visit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks MCP: hello, and what is there to call.
 */
final class Talking {

	private static final int PAGES = 50;

	private Talking() {
	}

	static Finding challenge(Experiment experiment) {
		try (Visit visit = experiment.equipment().mcp().visit(null)) {
			return Calls.refusal(experiment, visit.opening());
		}
	}

	/** Says hello, once more if the new token is refused. */
	static Finding initialize(Experiment experiment) {
		try (Visit visit = experiment.equipment().mcp().visit(experiment.tokens().accessToken())) {
			if (!Calls.isRefusedToken(visit.opening())) {
				return hello(visit, null);
			}
		}
		experiment.equipment().aMoment();
		try (Visit visit = experiment.equipment().mcp().visit(experiment.tokens().accessToken())) {
			return hello(visit, (visit.opening() instanceof Reply.Result) ? Calls.LATE : null);
		}
	}

	/** Lists all pages, and looks whether the tool to be called only reads. */
	static Finding tools(Experiment experiment) {
		Map<String, JsonNode> tools = new TreeMap<>();
		try (Visit visit = experiment.equipment().mcp().visit(experiment.tokens().accessToken())) {
			Reply reply = visit.opening();
			String cursor = "";
			for (int page = 0; page < PAGES && reply instanceof Reply.Result && cursor != null; page++) {
				ObjectNode params = JsonMapper.shared().createObjectNode();
				reply = visit.ask("tools/list", cursor.isEmpty() ? params : params.put("cursor", cursor));
				cursor = (reply instanceof Reply.Result result) ? read(result.value(), tools) : null;
			}
			if (reply instanceof Reply.Silence silence) {
				return new Finding.Failed(silence.reason());
			}
			look(experiment, tools);
			Map<String, String> facts = new LinkedHashMap<>();
			facts.put("answer", Calls.answer(reply));
			facts.put("count", String.valueOf(tools.size()));
			facts.put("names", String.join(", ", tools.keySet()));
			return new Finding.Seen(facts, null);
		}
	}

	private static Finding hello(Visit visit, @Nullable String note) {
		if (visit.opening() instanceof Reply.Silence silence) {
			return new Finding.Failed(silence.reason());
		}
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("answer", Calls.answer(visit.opening()));
		if (visit.opening() instanceof Reply.Result hello) {
			facts.put("revision", hello.value().path("protocolVersion").asString("none"));
			facts.put("server", hello.value().path("serverInfo").path("name").asString("none"));
			facts.putAll(new TreeMap<>(visit.marks()));
		}
		return new Finding.Seen(facts, note);
	}

	private static @Nullable String read(JsonNode result, Map<String, JsonNode> tools) {
		result.path("tools").forEach((tool) -> tools.put(tool.path("name").asString("?"), tool));
		String cursor = result.path("nextCursor").asString("");
		return cursor.isEmpty() ? null : cursor;
	}

	private static void look(Experiment experiment, Map<String, JsonNode> tools) {
		String name = experiment.equipment().terms().tool();
		JsonNode tool = tools.get(name);
		if (tool != null && !tool.path("annotations").path("readOnlyHint").asBoolean(true)) {
			experiment.keepFromTool("the server says of %s that it does not only read".formatted(name));
		}
	}

}
