package dev.mcpbridge.secret;

import java.text.ParseException;
import java.util.Optional;
import java.util.function.Supplier;

import javax.crypto.SecretKey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
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

	private final Supplier<KeyRing> keys;

	private final String purpose;

	private final Class<T> type;

	/**
	 * Makes a box for one purpose.
	 * @param keys the current key ring
	 * @param purpose what the sealed values are for, unique among our boxes
	 * @param type the record that is sealed
	 */
	public SealedBox(Supplier<KeyRing> keys, String purpose, Class<T> type) {
		this.keys = keys;
		this.purpose = purpose;
		this.type = type;
	}

	/**
	 * Seals a record.
	 * @param content the record
	 * @return a compact JWE, made of URL-safe characters and dots
	 */
	public String seal(T content) {
		KeyRing ring = this.keys.get();
		String keyId = ring.sealingKeyId();
		JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).keyID(keyId).build();
		JWEObject jwe = new JWEObject(header, new Payload(JSON.writeValueAsBytes(content)));
		try {
			jwe.encrypt(new DirectEncrypter(ring.sealingKey(keyId, this.purpose).orElseThrow()));
			return jwe.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot seal a value for " + this.purpose, ex);
		}
	}

	/**
	 * Opens what was sealed for the same purpose by a key still on the ring.
	 * @param sealed any text from outside
	 * @return the record, or empty when the text is not ours, not for this purpose,
	 * changed, or too long
	 */
	public Optional<T> open(@Nullable String sealed) {
		if (sealed == null || sealed.length() > MAX_LENGTH) {
			return Optional.empty();
		}
		try {
			JWEObject jwe = JWEObject.parse(sealed);
			Optional<SecretKey> key = keyOf(jwe.getHeader());
			if (key.isEmpty()) {
				return Optional.empty();
			}
			jwe.decrypt(new DirectDecrypter(key.get()));
			return Optional.of(JSON.readValue(jwe.getPayload().toBytes(), this.type));
		}
		catch (ParseException | JOSEException | RuntimeException ex) {
			// The parser throws whatever a hostile header makes it stumble over.
			return Optional.empty();
		}
	}

	/**
	 * Tells whether a value was sealed by the key that seals now. One that was not is
	 * worth sealing again, before its key is dropped.
	 * @param sealed a value that opens
	 * @return whether its key is the current one
	 */
	public boolean isCurrent(String sealed) {
		return headerOf(sealed).map(JWEHeader::getKeyID).filter(this.keys.get().sealingKeyId()::equals).isPresent();
	}

	/**
	 * Tells whether a value looks as if it was sealed by a key that is not on the ring:
	 * not yet, or no longer.
	 * @param sealed any text
	 * @return whether another ring may open it
	 */
	public boolean isOfMissingKey(String sealed) {
		return headerOf(sealed).filter((header) -> isOurs(header) && keyOf(header).isEmpty()).isPresent();
	}

	private static Optional<JWEHeader> headerOf(String sealed) {
		if (sealed.length() > MAX_LENGTH) {
			return Optional.empty();
		}
		try {
			return Optional.of(JWEObject.parse(sealed).getHeader());
		}
		catch (ParseException | RuntimeException ex) {
			return Optional.empty();
		}
	}

	private Optional<SecretKey> keyOf(JWEHeader header) {
		return isOurs(header) ? this.keys.get().sealingKey(header.getKeyID(), this.purpose) : Optional.empty();
	}

	private static boolean isOurs(JWEHeader header) {
		return JWEAlgorithm.DIR.equals(header.getAlgorithm())
				&& EncryptionMethod.A256GCM.equals(header.getEncryptionMethod()) && header.getKeyID() != null;
	}

}
