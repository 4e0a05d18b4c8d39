package dev.mcpbridge.simulator.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.wire.Call;

/**
 * The headers that repeat what the body of a request says.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#server-validation">MCP
 * 2026-07-28, server validation</a>
 */
final class MirroredHeaders {

	private static final Pattern ENCODED = Pattern.compile("=\\?base64\\?([A-Za-z0-9+/=]*)\\?=");

	private MirroredHeaders() {
	}

	/** Says which header is missing or differs. */
	static Optional<String> complaint(Call call, JsonNode message) {
		JsonNode params = message.path("params");
		JsonNode version = params.path("_meta").path("io.modelcontextprotocol/protocolVersion");
		JsonNode name = params.has("name") ? params.path("name") : params.path("uri");
		return Stream
			.of(compare(call, "MCP-Protocol-Version", version), compare(call, "Mcp-Method", message.path("method")),
					isNamed(message) ? compare(call, "Mcp-Name", name) : Optional.<String>empty())
			.flatMap(Optional::stream)
			.findFirst();
	}

	private static boolean isNamed(JsonNode message) {
		return switch (message.path("method").asString("")) {
			case "tools/call", "resources/read", "prompts/get" -> true;
			default -> false;
		};
	}

	private static Optional<String> compare(Call call, String header, JsonNode expected) {
		Optional<String> value = call.header(header);
		if (value.isEmpty()) {
			return Optional.of("Header mismatch: " + header + " header is required");
		}
		return value.map(MirroredHeaders::decoded)
			.filter((text) -> !text.equals(expected.asString("")))
			.map((text) -> "Header mismatch: " + header + " header value '" + text + "' does not match body value '"
					+ expected.asString("") + "'");
	}

	private static String decoded(String value) {
		Matcher encoded = ENCODED.matcher(value);
		return encoded.matches() ? new String(Base64.getDecoder().decode(encoded.group(1)), StandardCharsets.UTF_8)
				: value;
	}

}
