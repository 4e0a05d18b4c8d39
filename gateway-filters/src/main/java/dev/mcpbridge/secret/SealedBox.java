package dev.mcpbridge.secret;

import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals records so that only we can read or make them: a compact JWE, bound to one
 * purpose.
 * <p>
 * What was sealed for one purpose does not open for another, since each has its own key.
 * A value that does not open is simply empty: nothing about it is worth telling whoever
 * sent it.
 *
 * @param <T> the record that is sealed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7516#section-3.1">RFC 7516, section
 * 3.1</a>
 */
public final class SealedBox<T extends Record> {

	/** The longest text that is tried to be opened, in characters. */
	public static final int MAX_LENGTH = 64 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder()
		.addModule(new SecretModule())
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private final Seal seal;

	private final Class<T> type;

	/**
	 * Makes a box for one purpose.
	 * @param keys the current key ring
	 * @param purpose what the sealed values are for, unique among our boxes
	 * @param type the record that is sealed
	 */
	public SealedBox(Supplier<KeyRing> keys, String purpose, Class<T> type) {
		this.seal = new Seal(keys, purpose, MAX_LENGTH);
		this.type = type;
	}

	/**
	 * Seals a record.
	 * @param content the record
	 * @return a compact JWE, made of URL-safe characters and dots
	 */
	public String seal(T content) {
		return this.seal.seal(JSON.writeValueAsBytes(content), null);
	}

	/**
	 * Opens what was sealed for the same purpose by a key still on the ring.
	 * @param sealed any text from outside
	 * @return the record, or empty when the text is not ours, not for this purpose,
	 * changed, or too long
	 */
	public Optional<T> open(@Nullable String sealed) {
		return this.seal.open(sealed, null).flatMap(this::read);
	}

	/**
	 * Tells whether a value was sealed by the key that seals now. One that was not is
	 * worth sealing again, before its key is dropped.
	 * @param sealed a value that opens
	 * @return whether its key is the current one
	 */
	public boolean isCurrent(String sealed) {
		return this.seal.isCurrent(sealed);
	}

	/**
	 * Tells whether a value looks as if it was sealed by a key that is not on the ring:
	 * not yet, or no longer.
	 * @param sealed any text
	 * @return whether another ring may open it
	 */
	public boolean isOfMissingKey(String sealed) {
		return this.seal.isOfMissingKey(sealed);
	}

	private Optional<T> read(byte[] content) {
		try {
			return Optional.of(JSON.readValue(content, this.type));
		}
		catch (RuntimeException ex) {
			// An older or newer record of ours.
			return Optional.empty();
		}
	}

}
