package dev.mcpbridge.secret;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Identifiers nobody can guess.
 */
public final class RandomTexts {

	private static final int BYTES = 16;

	private final SecureRandom random;

	/**
	 * Draws from a source of randomness.
	 * @param random the source
	 */
	public RandomTexts(SecureRandom random) {
		this.random = random;
	}

	/**
	 * Returns 128 random bits.
	 * @return 22 URL-safe characters
	 */
	public String next() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
