package dev.mcpbridge.app.probe.lifecycle;

import java.time.Duration;

import dev.mcpbridge.upstream.UpstreamTokens;

/**
 * How long access tokens live, if their answer says it.
 */
final class Lifetimes {

	/** No answer can say this, since answers count in seconds. */
	static final Duration NOT_SAID = Duration.ofNanos(1);

	private Lifetimes() {
	}

	static boolean isSaid(UpstreamTokens tokens) {
		return !lifetime(tokens).equals(NOT_SAID);
	}

	static String text(UpstreamTokens tokens) {
		return isSaid(tokens) ? lifetime(tokens).toSeconds() + " s" : "not said";
	}

	static String comparedWith(UpstreamTokens before, UpstreamTokens tokens) {
		return lifetime(before).equals(lifetime(tokens)) ? "as before" : text(tokens);
	}

	private static Duration lifetime(UpstreamTokens tokens) {
		return Duration.between(tokens.issuedAt(), tokens.expiresAt());
	}

}
