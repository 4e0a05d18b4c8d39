package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The cookies of the front desk: for this host only, out of reach of scripts, and not
 * sent along by other sites' forms.
 *
 * @param secure whether browsers reach us over TLS; then the names carry the
 * {@code __Host-} prefix
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3.2">The
 * "__Host-" prefix</a>
 */
record BrowserCookies(boolean secure) {

	private static final String PREFIX = "mcp-bridge-";

	Optional<String> read(ServerRequest request, String name) {
		return Optional.ofNullable(request.cookies().getFirst(name(name))).map(HttpCookie::getValue);
	}

	/** Returns the names of our cookies that start so, without what precedes it. */
	List<String> namesStartingWith(ServerRequest request, String start) {
		String prefix = name("");
		return request.cookies()
			.keySet()
			.stream()
			.filter((name) -> name.startsWith(prefix + start))
			.map((name) -> name.substring(prefix.length()))
			.sorted()
			.toList();
	}

	ResponseCookie write(String name, String value, Duration lifetime) {
		return ResponseCookie.from(name(name), value)
			.path("/")
			.httpOnly(true)
			.secure(this.secure)
			.sameSite("Lax")
			.maxAge(lifetime)
			.build();
	}

	ResponseCookie clear(String name) {
		return write(name, "", Duration.ZERO);
	}

	private String name(String name) {
		return (this.secure ? "__Host-" : "") + PREFIX + name;
	}

}
