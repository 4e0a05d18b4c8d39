package dev.mcpbridge.stream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.mcpbridge.exchange.RawQuery;
import dev.mcpbridge.exchange.SessionIds;
import org.jspecify.annotations.Nullable;

/**
 * Where the upstream's message endpoint is on our side of a route.
 * <p>
 * Refuses every value that could lead a client to another host, or out of the upstream's
 * own tree: what it returns is always a path of ours.
 *
 * @param client the path the client opened the stream at
 * @param upstream the URL the upstream was asked at
 * @param messagePath our path for messages, or {@code null} to tell it from the other two
 * @param ids how session ids look on the client's side, or {@code null} if they cross as
 * they are
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">MCP
 * 2024-11-05, HTTP with SSE</a>
 */
record EndpointPath(String client, URI upstream, @Nullable String messagePath, @Nullable SessionIds ids) {

	/**
	 * Printable ASCII without the backslash, which browsers take for a slash.
	 */
	private static final Pattern SAFE = Pattern.compile("[\\x21-\\x7e&&[^\\\\]]+");

	private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");

	/**
	 * Returns the value a client is to be given.
	 * @param endpoint the value of the upstream's endpoint event
	 * @return our path and the upstream's query
	 * @throws EndpointException if it leads elsewhere, or nowhere we know
	 */
	String rewrite(String endpoint) {
		URI target = resolve(endpoint);
		String path = target.getRawPath();
		String ours = onOurSide(path.isEmpty() ? "/" : path);
		if (!ours.startsWith("/") || ours.startsWith("//") || DOT_SEGMENT.matcher(ours).find()) {
			throw new EndpointException("not a plain path");
		}
		return (target.getRawQuery() != null) ? ours + "?" + query(target) : ours;
	}

	private String query(URI target) {
		RawQuery query = RawQuery.of(target);
		SessionIds ids = this.ids;
		if (ids == null) {
			return query.text();
		}
		if (query.values(ids.parameter()).size() > 1) {
			throw new EndpointException("more than one " + ids.parameter());
		}
		return query.with(ids.parameter(), ids::handedOut).text();
	}

	private URI resolve(String endpoint) {
		if (!SAFE.matcher(endpoint).matches()) {
			throw new EndpointException("not a URL");
		}
		URI target = resolved(endpoint);
		if (target.getHost() == null || target.getRawUserInfo() != null
				|| !origin(target).equals(origin(this.upstream))) {
			throw new EndpointException("another origin");
		}
		return target;
	}

	private URI resolved(String endpoint) {
		try {
			URI target = new URI(endpoint);
			if (target.getRawAuthority() == null && endpoint.startsWith("//")) {
				throw new EndpointException("not a URL");
			}
			boolean onlyQuery = !target.isAbsolute() && target.getRawAuthority() == null
					&& target.getRawPath().isEmpty();
			return this.upstream.resolve(onlyQuery ? new URI(this.upstream.getRawPath() + endpoint) : target);
		}
		catch (URISyntaxException ex) {
			throw new EndpointException("not a URL");
		}
	}

	private String onOurSide(String endpoint) {
		if (this.messagePath != null) {
			return this.messagePath;
		}
		String theirs = trimmed(this.upstream.getRawPath());
		String ours = trimmed(this.client);
		if (endpoint.equals(theirs) || endpoint.startsWith(theirs + "/")) {
			return ours + endpoint.substring(theirs.length());
		}
		if (ours.endsWith(theirs)) {
			return ours.substring(0, ours.length() - theirs.length()) + endpoint;
		}
		throw new EndpointException("outside of the stream's path, and no messagePath is set");
	}

	private static String trimmed(String path) {
		return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	private static String origin(URI uri) {
		String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
		int port = (uri.getPort() >= 0) ? uri.getPort() : "https".equals(scheme) ? 443 : 80;
		return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
	}

}
