package dev.mcpbridge.access;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.mcpbridge.oauth.HttpUrl;
import dev.mcpbridge.oauth.PublicUrl;

/**
 * The names this gateway answers to.
 * <p>
 * A page whose name is made to lead to this machine (DNS rebinding) is of the same origin
 * as its requests, so no rule of a browser stops it; but its requests name the page's
 * host.
 *
 * @param loopback whether every name of this machine is one
 * @param names hosts, and hosts with a port, in lower case; empty for any name
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning">MCP
 * 2025-11-25, security warning</a>
 */
public record AllowedHosts(boolean loopback, List<String> names) {

	private static final String PROPERTY = "mcp.bridge.allowed-hosts";

	private static final String ANY = "*";

	private static final Pattern AUTHORITY = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:.]+])(?::(\\d{1,5}))?");

	/**
	 * Reads the names a person configured.
	 * @param publicUrl the URL clients know us by
	 * @param configured hosts, with or without a port; {@code *} for any; empty for any,
	 * but at a loopback public URL the names of this machine
	 * @return the names
	 * @throws IllegalArgumentException for what is no host
	 */
	public static AllowedHosts of(PublicUrl publicUrl, List<String> configured) {
		String ours = publicUrl.value().getHost();
		boolean loopback = HttpUrl.isLoopback(ours);
		if (configured.contains(ANY) || (configured.isEmpty() && !loopback)) {
			return new AllowedHosts(false, List.of());
		}
		configured.forEach(AllowedHosts::check);
		return new AllowedHosts(loopback,
				Stream.concat(Stream.of(ours), configured.stream())
					.map((name) -> name.toLowerCase(Locale.ROOT))
					.distinct()
					.toList());
	}

	/** Tells whether any name will do. */
	boolean areAny() {
		return this.names.isEmpty();
	}

	/**
	 * Tells whether a request names us.
	 * @param headers the values of its {@code Host} header
	 * @return whether there is one, and it is one of the names
	 */
	boolean contain(List<String> headers) {
		return areAny() || (headers.size() == 1 && contains(headers.get(0).toLowerCase(Locale.ROOT)));
	}

	private boolean contains(String authority) {
		Matcher matcher = AUTHORITY.matcher(authority);
		if (!matcher.matches()) {
			return false;
		}
		String host = matcher.group(1);
		return this.names.contains(host) || this.names.contains(authority)
				|| (this.loopback && HttpUrl.isLoopback(host));
	}

	private static void check(String name) {
		if (!AUTHORITY.matcher(name).matches()) {
			throw new IllegalArgumentException("%s: %s (expected: hosts such as gw.example.com or localhost:8080, or *)"
				.formatted(PROPERTY, name));
		}
	}

}
