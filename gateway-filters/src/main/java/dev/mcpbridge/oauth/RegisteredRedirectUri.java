package dev.mcpbridge.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A redirect URI that was proven to be the client's own; only such a URI is redirected
 * to.
 * <p>
 * Comparison is exact, but for the port of a loopback address, which a native client
 * picks when it starts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, section
 * 7.3</a>
 */
public final class RegisteredRedirectUri {

	/** The longest redirect URI that may be registered, in characters. */
	public static final int MAX_LENGTH = 1024;

	private static final Set<String> SCRIPTS_AND_FILES = Set.of("javascript", "data", "vbscript", "file", "filesystem",
			"blob", "about", "view-source", "jar", "ws", "wss", "ftp", "mailto", "tel", "sms", "intent");

	private final URI value;

	private RegisteredRedirectUri(URI value) {
		this.value = value;
	}

	/**
	 * Says what is wrong with a redirect URI a client wants to register.
	 * @param text the URI as the client sent it
	 * @return the reason to refuse it, or empty when it may be registered
	 */
	public static Optional<String> flawOf(String text) {
		URI uri = parse(text);
		if (uri == null || uri.getScheme() == null || uri.isOpaque()) {
			return Optional.of("a redirect URI must be an absolute, hierarchical URI");
		}
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
		if (text.length() > MAX_LENGTH) {
			return Optional.of("a redirect URI must not be longer than " + MAX_LENGTH + " characters");
		}
		if (uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
			return Optional.of("a redirect URI must have no fragment and no user information");
		}
		if (SCRIPTS_AND_FILES.contains(scheme)) {
			return Optional.of("a redirect URI must not use the scheme " + scheme);
		}
		if (Set.of("http", "https").contains(scheme) && (uri.getHost() == null || !HttpUrl.isAllowed(uri, false))) {
			return Optional.of("a redirect URI must use https, or http on a loopback host");
		}
		return Optional.empty();
	}

	/**
	 * Proves a requested redirect URI against the registered ones.
	 * @param requested the URI of the authorization request; may be absent when exactly
	 * one is registered
	 * @param registered the URIs the client registered
	 * @return the proven URI, or empty
	 */
	public static Optional<RegisteredRedirectUri> match(@Nullable String requested, List<String> registered) {
		if (requested == null) {
			return (registered.size() == 1) ? Optional.of(new RegisteredRedirectUri(URI.create(registered.get(0))))
					: Optional.empty();
		}
		URI uri = parse(requested);
		if (uri == null || flawOf(requested).isPresent()) {
			return Optional.empty();
		}
		return registered.stream()
			.filter((candidate) -> matches(candidate, requested, uri))
			.findFirst()
			.map((candidate) -> new RegisteredRedirectUri(uri));
	}

	/**
	 * Returns the URI to redirect to.
	 * @return the proven URI
	 */
	public URI value() {
		return this.value;
	}

	/**
	 * Tells whether the answer goes to a port of the person's own machine.
	 * @return whether it goes to a loopback host; not for a private-use scheme, whose
	 * host means what its app makes of it
	 */
	public boolean isLoopback() {
		return isWeb() && HttpUrl.isLoopback(this.value.getHost());
	}

	/**
	 * Names where the answer goes, without the port of a native client.
	 * @return the host; for a private-use scheme, the scheme and whatever authority it
	 * has
	 */
	public String host() {
		if (isWeb()) {
			return this.value.getHost();
		}
		String authority = (this.value.getRawAuthority() != null) ? this.value.getRawAuthority() : "";
		return this.value.getScheme() + "://" + authority;
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

	private boolean isWeb() {
		return "https".equalsIgnoreCase(this.value.getScheme()) || "http".equalsIgnoreCase(this.value.getScheme());
	}

	private static boolean matches(String registered, String requested, URI uri) {
		if (registered.equals(requested)) {
			return true;
		}
		URI known = URI.create(registered);
		return "http".equalsIgnoreCase(known.getScheme()) && HttpUrl.isLoopback(known.getHost())
				&& withoutPort(known).equals(withoutPort(uri));
	}

	private static String withoutPort(URI uri) {
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		return uri.getScheme() + "://" + uri.getHost() + uri.getRawPath() + query;
	}

	private static @Nullable URI parse(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
