package dev.mcpbridge.policy.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.mcpbridge.message.JsonRpcError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Our answer to a request that is not sent on, and how it gets to where answers of the
 * old transport have to be: on a stream that any replica may hold.
 * <p>
 * Instead of the request the upstream is sent a {@code ping} whose id is the answer
 * itself. Every server has to answer a ping with the id it came with, and does so on the
 * stream; there the answer is taken out of the id. So nothing has to be remembered, and
 * no replica has to find another.
 */
public final class RefusedAnswer {

	/** What an id begins with that is an answer of ours. */
	static final String PREFIX = "mcp-bridge.refused.";

	private static final JsonMapper JSON = JsonMapper.shared();

	private RefusedAnswer() {
	}

	/**
	 * Returns the request that brings an answer of ours to the client's stream.
	 * @param id the id of the request that is refused
	 * @param error what the client is told
	 * @return a message of JSON-RPC
	 */
	public static Map<String, ?> ping(JsonNode id, JsonRpcError error) {
		byte[] answer = JSON.writeValueAsBytes(error.answer(id));
		Map<String, Object> ping = new LinkedHashMap<>();
		ping.put("jsonrpc", "2.0");
		ping.put("id", PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(answer));
		ping.put("method", "ping");
		return ping;
	}

	/**
	 * Takes our answer out of the upstream's.
	 * @param message a message of the upstream
	 * @return our answer, if this is what brings it
	 */
	static Optional<ObjectNode> of(ObjectNode message) {
		JsonNode id = message.path("id");
		boolean ours = id.isString() && id.stringValue().startsWith(PREFIX) && !message.has("method");
		return ours ? Optional.ofNullable(read(id.stringValue().substring(PREFIX.length()))) : Optional.empty();
	}

	private static @Nullable ObjectNode read(String encoded) {
		try {
			JsonNode answer = JSON.readTree(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
			return (answer instanceof ObjectNode object && object.has("error")) ? object : null;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

}
