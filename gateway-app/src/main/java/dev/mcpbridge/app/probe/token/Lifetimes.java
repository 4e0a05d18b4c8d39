package dev.mcpbridge.app.probe.token;

import java.time.Duration;

import dev.mcpbridge.upstream.UpstreamTokens;

/**
 * How long access tokens live, if their answer says it.
 */
public final class Lifetimes {

	/** No answer can say this, since answers count in seconds. */
	public static final Duration NOT_SAID = Duration.ofNanos(1);

	/** A gateway counts from what is left of a token behind it. */
	private static final Duration JITTER = Duration.ofSeconds(5);

	private Lifetimes() {
	}

	/**
	 * Tells whether the answer said it.
	 * @param tokens the tokens
	 * @return whether it did
	 */
	public static boolean isSaid(UpstreamTokens tokens) {
		return !lifetime(tokens).equals(NOT_SAID);
	}

	/**
	 * Says it.
	 * @param tokens the tokens
	 * @return the seconds, or that they are not said
	 */
	public static String text(UpstreamTokens tokens) {
		return isSaid(tokens) ? lifetime(tokens).toSeconds() + " s" : "not said";
	}

	/**
	 * Compares it.
	 * @param before the tokens of before
	 * @param tokens the tokens
	 * @return the seconds, or that they are the same
	 */
	public static String comparedWith(UpstreamTokens before, UpstreamTokens tokens) {
		Duration difference = lifetime(before).minus(lifetime(tokens)).abs();
		boolean same = isSaid(before) == isSaid(tokens) && difference.compareTo(JITTER) <= 0;
		return same ? "as before" : text(tokens);
	}

	private static Duration lifetime(UpstreamTokens tokens) {
		return Duration.between(tokens.issuedAt(), tokens.expiresAt());
	}

}
