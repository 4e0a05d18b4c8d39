package dev.mcpbridge.simulator.mcp;

import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Json;

/**
 * One {@code tools/call}.
 *
 * @param request the whole JSON-RPC request
 * @param person whose session it came in
 */
record Invocation(JsonNode request, String person) {

	String tool() {
		return params().path("name").asString("");
	}

	JsonNode arguments() {
		return params().path("arguments");
	}

	String text(String argument) {
		return arguments().path(argument).asString("");
	}

	int number(String argument, int fallback) {
		return arguments().path(argument).asInt(fallback);
	}

	Optional<JsonNode> progressToken() {
		return params().path("_meta").optional("progressToken");
	}

	ObjectNode answer(JsonNode data) {
		return answer(data.isString() ? data.asString() : data.toPrettyString(), false);
	}

	ObjectNode failure(String reason) {
		return answer(reason, true);
	}

	ObjectNode refusal(String reason) {
		return Rpc.error(id(), Rpc.INVALID_PARAMS, reason);
	}

	ObjectNode progress(JsonNode token, int step, int steps) {
		ObjectNode params = Json.object().set("progressToken", token);
		params.put("progress", step).put("total", steps).put("message", "Step " + step + " of " + steps);
		return Rpc.notification("notifications/progress", params);
	}

	private ObjectNode answer(String text, boolean failed) {
		ObjectNode result = Json.object();
		result.putArray("content").addObject().put("type", "text").put("text", text);
		return Rpc.result(id(), result.put("isError", failed));
	}

	private JsonNode id() {
		return this.request.path("id");
	}

	private JsonNode params() {
		return this.request.path("params");
	}

}
