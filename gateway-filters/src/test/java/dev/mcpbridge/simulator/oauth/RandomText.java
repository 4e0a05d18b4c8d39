package dev.mcpbridge.simulator.oauth;

import java.security.SecureRandom;

/**
 * Random letters and digits, the alphabet of the captured tokens.
 */
final class RandomText {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	private final SecureRandom random;

	RandomText(SecureRandom random) {
		this.random = random;
	}

	String next(int length) {
		return this.random.ints(length, 0, ALPHABET.length())
			.collect(StringBuilder::new, (text, index) -> text.append(ALPHABET.charAt(index)), StringBuilder::append)
			.toString();
	}

}
