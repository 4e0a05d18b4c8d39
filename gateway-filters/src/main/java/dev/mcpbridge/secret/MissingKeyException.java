package dev.mcpbridge.secret;

/**
 * A value of our own that was sealed by a key which is not on the ring: not yet, or no
 * longer. It may open later, so it is neither lost nor garbage.
 */
public final class MissingKeyException extends RuntimeException {

	/**
	 * Names what cannot be opened.
	 * @param kind the kind of value
	 */
	public MissingKeyException(String kind) {
		super("%s: sealed by a key that is not on the ring (expected: every key in use on every replica)"
			.formatted(kind));
	}

}
