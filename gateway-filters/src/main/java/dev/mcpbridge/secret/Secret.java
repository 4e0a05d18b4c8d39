package dev.mcpbridge.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

/**
 * Text that must not leak: it prints {@code ***} and compares in constant time.
 * <p>
 * The text leaves through {@link #reveal()} only; an architecture test lists who may call
 * it.
 */
public final class Secret {

	private final String text;

	private Secret(String text) {
		this.text = text;
	}

	/**
	 * Wraps a text that must not be printed.
	 * @param text the secret text, not empty
	 * @return the secret
	 * @throws IllegalArgumentException if the text is empty
	 */
	public static Secret of(String text) {
		if (text.isEmpty()) {
			throw new IllegalArgumentException("secret: empty (expected: at least one character)");
		}
		return new Secret(text);
	}

	/**
	 * Returns the text itself, to be put on the wire and nowhere else.
	 * @return the secret text
	 */
	public String reveal() {
		return this.text;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Secret secret && MessageDigest.isEqual(bytes(this), bytes(secret));
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return "***";
	}

	private static byte[] bytes(Secret secret) {
		return secret.text.getBytes(StandardCharsets.UTF_8);
	}

}
