package dev.mcpbridge.app.probe.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON-RPC messages, written and read.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Json() {
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	/** Returns what a text holds, or a missing node if it is no JSON. */
	static JsonNode parse(String text) {
		try {
			return MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	static ObjectNode request(int id, String method, ObjectNode params) {
		return object().put("jsonrpc", "2.0").put("id", id).put("method", method).set("params", params);
	}

	static ObjectNode initialize(String revision) {
		ObjectNode params = object().put("protocolVersion", revision);
		params.putObject("capabilities");
		params.putObject("clientInfo").put("name", "mcp-bridge-gateway-probe").put("version", "1");
		return params;
	}

	static ObjectNode initialized() {
		return object().put("jsonrpc", "2.0").put("method", "notifications/initialized");
	}

	/** Whether a message answers a request. */
	static boolean answers(JsonNode message, int id) {
		return message.path("id").asInt(-1) == id && !message.has("method");
	}

	static Reply reply(JsonNode answer) {
		if (answer.has("error")) {
			return new Reply.Failure(answer.path("error").path("code").asInt(0));
		}
		return answer.has("result") ? new Reply.Result(answer.path("result"))
				: new Reply.Silence("an answer without result or error");
	}

}
