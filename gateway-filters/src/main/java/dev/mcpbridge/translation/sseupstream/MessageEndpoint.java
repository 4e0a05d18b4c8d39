package dev.mcpbridge.translation.sseupstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an upstream of HTTP+SSE takes messages, as its endpoint event says.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">MCP
 * 2024-11-05, HTTP with SSE</a>
 */
final class MessageEndpoint {

	/** The name of the event. */
	static final String EVENT = "endpoint";

	/** Printable ASCII without the backslash, which some take for a slash. */
	private static final Pattern SAFE = Pattern.compile("[\\x21-\\x7e&&[^\\\\]]{1,8192}");

	private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");

	private MessageEndpoint() {
	}

	/**
	 * Resolves an endpoint.
	 * @param endpoint the data of the event
	 * @param stream the URL of the stream it came on
	 * @return path and query at the same origin, or empty if it leads elsewhere or is no
	 * plain path
	 */
	static Optional<String> resolve(String endpoint, URI stream) {
		if (!SAFE.matcher(endpoint).matches()) {
			return Optional.empty();
		}
		try {
			URI named = new URI(endpoint);
			if (named.getRawAuthority() == null && endpoint.startsWith("//")) {
				return Optional.empty();
			}
			return plain(endpoint.startsWith("?") ? new URI(withoutQuery(stream) + endpoint) : stream.resolve(named),
					stream);
		}
		catch (URISyntaxException ex) {
			return Optional.empty();
		}
	}

	private static Optional<String> plain(URI target, URI stream) {
		String path = target.getRawPath();
		boolean here = target.getHost() != null && target.getRawUserInfo() == null
				&& origin(target).equals(origin(stream));
		if (!here || path == null || !path.startsWith("/") || path.startsWith("//")
				|| DOT_SEGMENT.matcher(path).find()) {
			return Optional.empty();
		}
		return Optional.of((target.getRawQuery() != null) ? path + "?" + target.getRawQuery() : path);
	}

	private static String withoutQuery(URI uri) {
		return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
	}

	private static String origin(URI uri) {
		String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
		int port = (uri.getPort() >= 0) ? uri.getPort() : "https".equals(scheme) ? 443 : 80;
		return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
	}

}
