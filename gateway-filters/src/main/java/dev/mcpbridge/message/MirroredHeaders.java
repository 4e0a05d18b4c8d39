package dev.mcpbridge.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The headers that say again what is in the body, for those who do not read it: whoever
 * reads both compares them, since others may have decided by the headers alone.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">MCP
 * 2026-07-28, Streamable HTTP</a>
 */
public final class MirroredHeaders {

	/** The method of the message. */
	public static final String METHOD = "Mcp-Method";

	/** The tool or prompt it names, or the resource it reads. */
	public static final String NAME = "Mcp-Name";

	private static final String ENCODED = "=?base64?";

	private static final String END = "?=";

	private MirroredHeaders() {
	}

	/**
	 * Compares those that are there with a body. That one is there at all is for the
	 * server to demand, which knows the revision.
	 * @param headers the headers of a request
	 * @param body its body
	 * @throws JsonRpcException 400 with {@link JsonRpcError#HEADER_MISMATCH} if one says
	 * something else, stands there twice, or beside a batch
	 */
	public static void compare(HttpHeaders headers, JsonRpcBody body) {
		compare(headers, METHOD, single(body).map(JsonRpcMessage::method));
		compare(headers, NAME, single(body).flatMap(JsonRpcMessage::target));
	}

	private static Optional<JsonRpcMessage> single(JsonRpcBody body) {
		return body.batch() ? Optional.empty() : Optional.of(body.messages().get(0));
	}

	private static void compare(HttpHeaders headers, String header, Optional<String> said) {
		var values = headers.getOrEmpty(header);
		boolean agrees = values.isEmpty()
				|| values.size() == 1 && said.equals(Optional.ofNullable(text(values.get(0))));
		if (!agrees) {
			throw new JsonRpcException(HttpStatus.BAD_REQUEST,
					new JsonRpcError(JsonRpcError.HEADER_MISMATCH, header + " does not match the body"));
		}
	}

	/** What no header can carry as it is comes in Base64. */
	private static @Nullable String text(String value) {
		if (!value.startsWith(ENCODED) || !value.endsWith(END) || value.length() < ENCODED.length() + END.length()) {
			return value;
		}
		try {
			return new String(
					Base64.getDecoder().decode(value.substring(ENCODED.length(), value.length() - END.length())),
					StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
