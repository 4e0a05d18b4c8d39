package dev.mcpbridge.policy.wire;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

import dev.mcpbridge.message.McpMethod;
import dev.mcpbridge.policy.BodyDefect;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message of a request, read strictly: where another reader might see something else
 * in it than we do, it is refused.
 *
 * @param method its method; empty for an answer of the client
 * @param id its id, a string or a number; {@code null} if it has none
 * @param params its parameters; {@code null} if it has none, or they are no object
 */
record Message(String method, @Nullable JsonNode id, @Nullable ObjectNode params) {

	private static final Set<String> MEMBERS = Set.of("jsonrpc", "id", "method", "params", "result", "error");

	private static final Set<String> PARAMS = Set.of("name", "arguments", "_meta");

	static Message of(JsonNode node) {
		if (!(node instanceof ObjectNode object)) {
			throw new BodyDefectException(node.isArray() ? BodyDefect.NESTED_BATCH : BodyDefect.NO_MESSAGE);
		}
		checkSpelling(object, MEMBERS);
		JsonNode method = object.path("method");
		if (method.isMissingNode() ? !object.has("result") && !object.has("error") : !method.isString()) {
			throw new BodyDefectException(BodyDefect.NO_MESSAGE);
		}
		String name = method.isString() ? method.stringValue() : "";
		if (isAmbiguous(name)) {
			throw new BodyDefectException(BodyDefect.AMBIGUOUS_METHOD);
		}
		JsonNode id = object.path("id");
		return new Message(name, id.isString() || id.isNumber() ? id : null,
				(object.path("params") instanceof ObjectNode params) ? params : null);
	}

	boolean isCall() {
		return this.method.equals(McpMethod.TOOLS_CALL.word());
	}

	boolean isList() {
		return this.method.equals(McpMethod.TOOLS_LIST.word());
	}

	/** The parameters of a call, spelled as they have to be. */
	ObjectNode callParams() {
		if (this.params == null || !this.params.path("name").isString()) {
			throw new BodyDefectException(BodyDefect.NO_MESSAGE);
		}
		checkSpelling(this.params, PARAMS);
		return this.params;
	}

	/** Readers of JSON there are that do not mind the case of a member's name. */
	private static void checkSpelling(ObjectNode object, Set<String> exact) {
		for (String name : object.propertyNames()) {
			if (!exact.contains(name) && exact.contains(fold(name))) {
				throw new BodyDefectException(BodyDefect.AMBIGUOUS_MEMBER);
			}
		}
	}

	private static boolean isAmbiguous(String method) {
		if (method.equals(McpMethod.TOOLS_CALL.word()) || method.equals(McpMethod.TOOLS_LIST.word())) {
			return false;
		}
		String folded = fold(method).replaceAll("\\s", "");
		return folded.equals(McpMethod.TOOLS_CALL.word()) || folded.equals(McpMethod.TOOLS_LIST.word());
	}

	private static String fold(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
	}

}
