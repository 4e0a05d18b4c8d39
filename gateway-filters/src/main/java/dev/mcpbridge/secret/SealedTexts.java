package dev.mcpbridge.secret;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Seals texts so that only we can read or make them, like {@link SealedBox} does with
 * records, but long ones, and each for one place: a text that was moved elsewhere does
 * not open there.
 */
public final class SealedTexts {

	/** What a compact JWE adds to its content: header, nonce and tag. */
	private static final int OVERHEAD = 1024;

	private final Seal seal;

	/**
	 * Makes a box for one purpose.
	 * @param keys the current key ring
	 * @param purpose what the sealed texts are for, unique among our boxes
	 * @param maxBytes the longest text that is tried to be opened, in UTF-8
	 */
	public SealedTexts(Supplier<KeyRing> keys, String purpose, int maxBytes) {
		this.seal = new Seal(keys, purpose, Math.toIntExact(maxBytes * 4L / 3 + OVERHEAD));
	}

	/**
	 * Seals a text.
	 * @param place where it belongs, readable for everybody
	 * @param text the text
	 * @return a compact JWE, a third longer than the text
	 */
	public String seal(String place, String text) {
		return this.seal.seal(text.getBytes(StandardCharsets.UTF_8), place);
	}

	/**
	 * Opens what was sealed for the same purpose and place by a key still on the ring.
	 * @param place where it was found
	 * @param sealed any text from outside
	 * @return the text, or empty when it is not ours, not of this place, changed, or too
	 * long
	 */
	public Optional<String> open(String place, @Nullable String sealed) {
		return this.seal.open(sealed, place).map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	/**
	 * Tells whether a text looks as if it was sealed by a key that is not on the ring:
	 * not yet, or no longer.
	 * @param sealed any text
	 * @return whether another ring may open it
	 */
	public boolean isOfMissingKey(String sealed) {
		return this.seal.isOfMissingKey(sealed);
	}

}
