package dev.mcpbridge.record;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in a recording in the place of what must not be known: a keyed hash, so
 * that equal stays equal, and nobody without the key can try what it may have been.
 *
 * @param marks makes at least 16 URL-safe characters of a text
 */
record Pseudonyms(UnaryOperator<String> marks) {

	/** A pseudonym in any text. */
	static final Pattern PATTERN = Pattern.compile("\\[~[A-Za-z0-9_-]{16}]");

	private static final String ALGORITHM = "HmacSHA256";

	private static final int KEY_BYTES = 32;

	private static final int LENGTH = 16;

	/** Pseudonyms of a key that ends with this process. */
	static UnaryOperator<String> passing(SecureRandom random) {
		byte[] key = new byte[KEY_BYTES];
		random.nextBytes(key);
		SecretKeySpec spec = new SecretKeySpec(key, ALGORITHM);
		return (text) -> mark(spec, text);
	}

	/** Returns what stands for a text: 19 characters, such as {@code [~0aB…]}. */
	String of(String text) {
		return "[~" + this.marks.apply(text).substring(0, LENGTH) + "]";
	}

	/** Returns a number from 0 to 1, always the same for the same text. */
	double shareOf(String text) {
		byte[] hash = Base64.getUrlDecoder().decode(this.marks.apply(text).substring(0, LENGTH));
		long number = 0;
		for (int i = 0; i < Integer.BYTES; i++) {
			number = number << Byte.SIZE | hash[i] & 0xff;
		}
		return number / (double) (1L << Integer.SIZE);
	}

	private static String mark(SecretKeySpec key, String text) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has " + ALGORITHM, ex);
		}
	}

}
