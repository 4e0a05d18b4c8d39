package dev.mcpbridge.headers;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;

/**
 * The revision of MCP a request says it is of.
 * <p>
 * It is the upstream's to judge, so that a new one never waits for us; but what cannot be
 * any revision reaches nobody.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#protocol-version-header">MCP
 * 2025-11-25, protocol version header</a>
 */
final class ProtocolVersion {

	static final String HEADER = "MCP-Protocol-Version";

	private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

	private ProtocolVersion() {
	}

	/**
	 * Tells whether a request cannot be passed on.
	 * @param request the headers of the request
	 * @return whether it names something else than one revision; a request that names
	 * none is of an old one
	 */
	static boolean isMalformed(HttpHeaders request) {
		List<String> values = request.getOrEmpty(HEADER);
		return !values.isEmpty() && (values.size() > 1 || !REVISION.matcher(values.get(0)).matches());
	}

}
