package dev.mcpbridge.simulator.oauth;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A dynamically registered client.
 */
record Client(String id, @Nullable String secret, String name, List<String> redirectUris, String authMethod,
		Instant since) {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	static boolean isLoopback(URI uri) {
		return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
	}

	/**
	 * Tells whether a redirect URI is registered; the port of a loopback address is free.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, section
	 * 7.3</a>
	 */
	boolean allows(String redirectUri) {
		return this.redirectUris.contains(redirectUri)
				|| this.redirectUris.stream().anyMatch((known) -> differInPort(known, redirectUri));
	}

	private static boolean differInPort(String known, String presented) {
		try {
			URI left = URI.create(known);
			URI right = URI.create(presented);
			return isLoopback(left) && isLoopback(right) && left.getScheme().equals(right.getScheme())
					&& left.getHost().equals(right.getHost()) && left.getRawPath().equals(right.getRawPath())
					&& Objects.equals(left.getRawQuery(), right.getRawQuery());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
