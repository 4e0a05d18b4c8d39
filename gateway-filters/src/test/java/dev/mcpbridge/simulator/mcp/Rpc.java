package dev.mcpbridge.simulator.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Json;

/**
 * JSON-RPC messages.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
final class Rpc {

	static final int PARSE_ERROR = -32700;

	static final int INVALID_REQUEST = -32600;

	static final int METHOD_NOT_FOUND = -32601;

	static final int INVALID_PARAMS = -32602;

	static final int SESSION_NOT_FOUND = -32001;

	static final int HEADER_MISMATCH = -32020;

	static final int UNSUPPORTED_VERSION = -32022;

	private Rpc() {
	}

	static ObjectNode result(JsonNode id, JsonNode result) {
		return message().<ObjectNode>set("id", id).set("result", result);
	}

	static ObjectNode error(JsonNode id, int code, String text) {
		return message().<ObjectNode>set("id", id).set("error", Json.object().put("code", code).put("message", text));
	}

	static ObjectNode request(String id, String method, ObjectNode params) {
		return message().put("id", id).put("method", method).set("params", params);
	}

	static ObjectNode notification(String method, ObjectNode params) {
		return message().put("method", method).set("params", params);
	}

	static Answer refusal(int status, int code, String text) {
		return Answer.json(status, error(NullNode.getInstance(), code, text));
	}

	static String event(JsonNode message) {
		return Answer.event("message", message.toString());
	}

	static boolean isRequest(JsonNode message) {
		return message.has("method") && message.has("id");
	}

	static boolean isInitialize(JsonNode message) {
		return message.path("method").asString("").equals("initialize");
	}

	private static ObjectNode message() {
		return Json.object().put("jsonrpc", "2.0");
	}

}
