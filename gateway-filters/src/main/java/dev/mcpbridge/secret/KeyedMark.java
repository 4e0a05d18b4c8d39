package dev.mcpbridge.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Marks texts so that only we can have done it, for one purpose: 128 bits of an
 * HMAC-SHA256.
 * <p>
 * The key in use marks, and every key on the ring still recognises.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104#section-5">RFC 2104, section 5</a>
 */
public final class KeyedMark {

	/** How long a mark is, in characters. */
	public static final int LENGTH = 22;

	private static final String ALGORITHM = "HmacSHA256";

	private static final int BYTES = 16;

	private final Supplier<KeyRing> keys;

	private final String purpose;

	/**
	 * Marks for one purpose.
	 * @param keys the current key ring
	 * @param purpose what the marks are for, unique among our marks and boxes
	 */
	public KeyedMark(Supplier<KeyRing> keys, String purpose) {
		this.keys = keys;
		this.purpose = purpose;
	}

	/**
	 * Returns the mark of texts, none of which can run into the next.
	 * @param parts the texts
	 * @return {@value #LENGTH} URL-safe characters
	 */
	public String of(String... parts) {
		return this.keys.get()
			.sealingKeys(this.purpose)
			.findFirst()
			.map((key) -> mark(key, parts))
			.orElseThrow(() -> new IllegalStateException("no key to mark with"));
	}

	/**
	 * Tells whether a mark is ours, in a time that does not depend on it.
	 * @param mark any text
	 * @param parts the texts it is said to be of
	 * @return whether a key on the ring made it of these texts
	 */
	public boolean isGood(String mark, String... parts) {
		byte[] presented = bytes(mark);
		return this.keys.get()
			.sealingKeys(this.purpose)
			.anyMatch((key) -> MessageDigest.isEqual(bytes(mark(key, parts)), presented));
	}

	private static String mark(SecretKey key, String... parts) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key.getEncoded(), ALGORITHM));
			for (String part : parts) {
				byte[] text = bytes(part);
				mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
				mac.update(text);
			}
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac.doFinal(), BYTES));
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("every Java platform has " + ALGORITHM, ex);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
