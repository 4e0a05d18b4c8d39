package dev.mcpbridge.oauth;

import java.net.URI;

/**
 * The URL clients know us by: our issuer, and the root of every URL we hand out.
 * <p>
 * It must never change between releases or replicas, since clients bind what they hold to
 * it.
 *
 * @param value an absolute {@code https} URL without query, fragment or trailing slash;
 * {@code http} for loopback hosts only
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414, section 2</a>
 */
public record PublicUrl(URI value) {

	private static final String PROPERTY = "mcp.bridge.public-url";

	/**
	 * Checks and normalizes a configured URL.
	 * @param text the URL as configured
	 * @param insecureHttp whether plain {@code http} is accepted for any host
	 * @return the public URL
	 * @throws IllegalArgumentException naming the property and the expected form
	 */
	public static PublicUrl of(String text, boolean insecureHttp) {
		URI uri = HttpUrl.check(PROPERTY, text.replaceAll("/+$", ""), insecureHttp);
		if (uri.getRawQuery() != null) {
			throw HttpUrl.unexpected(PROPERTY, text, "a URL without query or fragment");
		}
		return new PublicUrl(uri);
	}

	/**
	 * Returns our issuer identifier, to be compared as a string.
	 * @return the issuer
	 */
	public String issuer() {
		return this.value.toString();
	}

	/**
	 * Returns the URL of one of our paths.
	 * @param path the path below the public URL, with a leading slash, or empty
	 * @return the absolute URL
	 */
	public URI at(String path) {
		return URI.create(this.value + path);
	}

	/**
	 * Returns a well-known URL with the path inserted after the suffix.
	 * @param suffix such as {@code oauth-protected-resource}
	 * @param path the path below the public URL, with a leading slash, or empty
	 * @return the absolute URL
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.1">RFC 9728, section
	 * 3.1</a>
	 */
	public URI wellKnown(String suffix, String path) {
		return this.value.resolve("/.well-known/" + suffix + this.value.getRawPath() + path);
	}

	/**
	 * Returns scheme, host and port, as a browser names an origin.
	 * @return the origin
	 */
	public String origin() {
		return this.value.getScheme() + "://" + this.value.getRawAuthority();
	}

	/**
	 * Tells whether browsers reach us over TLS.
	 * @return whether the scheme is {@code https}
	 */
	public boolean isSecure() {
		return "https".equals(this.value.getScheme());
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
