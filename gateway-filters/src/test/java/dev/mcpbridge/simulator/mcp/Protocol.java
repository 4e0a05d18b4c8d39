package dev.mcpbridge.simulator.mcp;

import java.util.List;

import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Json;

/**
 * What the server says to each message, whatever transport brought it.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25">MCP
 * 2025-11-25</a>
 */
final class Protocol {

	private static final List<String> VERSIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

	private final Tools tools;

	private final Calls calls;

	private final Questions questions;

	Protocol(Tools tools, Calls calls, Questions questions) {
		this.tools = tools;
		this.calls = calls;
		this.questions = questions;
	}

	static boolean knows(String version) {
		return VERSIONS.contains(version);
	}

	boolean reportsProgress(JsonNode message) {
		return this.tools.reportsProgress(new Invocation(message, ""));
	}

	/**
	 * Answers a message on behalf of whoever opened the session.
	 * @return progress if any, then one answer; nothing for what is not a request, nor
	 * for one that was cancelled
	 */
	Flux<ObjectNode> answer(JsonNode message, Session session) {
		return Rpc.isRequest(message) ? answerRequest(message, session)
				: Flux.<ObjectNode>empty().doFirst(() -> take(message, session));
	}

	private void take(JsonNode message, Session session) {
		if (!message.has("method")) {
			this.questions.heard(message);
		}
		else if (message.path("method").asString("").equals("notifications/cancelled")) {
			this.calls.cancel(session, message.path("params").path("requestId"));
		}
	}

	private Flux<ObjectNode> answerRequest(JsonNode message, Session session) {
		JsonNode id = message.path("id");
		JsonNode params = message.path("params");
		return switch (message.path("method").asString("")) {
			case "initialize" -> Flux.just(Rpc.result(id, initialized(params)));
			case "ping" -> Flux.just(Rpc.result(id, Json.object()));
			case "tools/list" -> Flux.just(Rpc.result(id, this.tools.page(params.path("cursor").asString("0"))));
			case "tools/call" -> this.calls.run(session, id,
					Flux.defer(() -> this.tools.call(new Invocation(message, session.person()))));
			default -> Flux.just(Rpc.error(id, Rpc.METHOD_NOT_FOUND, "Method not found"));
		};
	}

	private static ObjectNode initialized(JsonNode params) {
		String wanted = params.path("protocolVersion").asString("");
		ObjectNode result = Json.object()
			.put("protocolVersion", knows(wanted) ? wanted : VERSIONS.get(VERSIONS.size() - 1));
		result.putObject("capabilities").putObject("tools").put("listChanged", true);
		result.putObject("serverInfo").put("name", "atlassian-mcp-server").put("version", "1.0.0");
		return result;
	}

}
