package dev.mcpbridge.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The rule for every URL of either side: {@code https}, or {@code http} on a loopback
 * host.
 */
public final class HttpUrl {

	private static final Pattern LOOPBACK = Pattern
		.compile("(?i)localhost|.+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

	private HttpUrl() {
	}

	/**
	 * Checks a configured URL.
	 * @param property the property it comes from, named in the error
	 * @param text the URL as configured
	 * @param insecureHttp whether plain {@code http} is accepted for any host
	 * @return the URL with scheme and host in lower case, and without a port that goes
	 * without saying
	 * @throws IllegalArgumentException naming the property and the expected form
	 */
	public static URI check(String property, String text, boolean insecureHttp) {
		try {
			URI uri = new URI(text);
			if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null
					|| !isAllowed(uri, insecureHttp)) {
				throw unexpected(property, text, "an https URL, or http on a loopback host");
			}
			String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
			int port = (uri.getPort() == (scheme.equals("https") ? 443 : 80)) ? -1 : uri.getPort();
			return new URI(scheme, null, uri.getHost().toLowerCase(Locale.ROOT), port, uri.getPath(), uri.getQuery(),
					null);
		}
		catch (URISyntaxException ex) {
			throw unexpected(property, text, "an https URL, or http on a loopback host");
		}
	}

	/**
	 * Tells whether a URL may be used at all.
	 * @param uri an absolute URL
	 * @param insecureHttp whether plain {@code http} is accepted for any host
	 * @return whether it is {@code https}, or {@code http} to a loopback host
	 */
	public static boolean isAllowed(URI uri, boolean insecureHttp) {
		return "https".equalsIgnoreCase(uri.getScheme())
				|| ("http".equalsIgnoreCase(uri.getScheme()) && (insecureHttp || isLoopback(uri.getHost())));
	}

	/**
	 * Tells whether a host is this machine, whatever a name server says.
	 * @param host a host name or address literal
	 * @return whether it is {@code localhost} or below, in {@code 127.0.0.0/8}, or
	 * {@code [::1]}
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6761#section-6.3">RFC 6761, section
	 * 6.3</a>
	 */
	public static boolean isLoopback(@Nullable String host) {
		return host != null && LOOPBACK.matcher(host).matches();
	}

	static IllegalArgumentException unexpected(String property, String value, String expected) {
		return new IllegalArgumentException("%s: %s (expected: %s)".formatted(property, value, expected));
	}

}
