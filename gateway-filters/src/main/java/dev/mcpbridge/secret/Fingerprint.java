package dev.mcpbridge.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A short name for a long or private text, by which it can be found again but not read.
 */
public final class Fingerprint {

	private static final int BYTES = 16;

	private Fingerprint() {
	}

	/**
	 * Returns the first 128 bits of the SHA-256 of the parts, none of which can run into
	 * the next.
	 * @param parts the texts
	 * @return 22 URL-safe characters
	 */
	public static String of(String... parts) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (String part : parts) {
				digest.update(part.getBytes(StandardCharsets.UTF_8));
				digest.update((byte) 0);
			}
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
