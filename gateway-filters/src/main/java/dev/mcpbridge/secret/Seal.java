package dev.mcpbridge.secret;

import java.text.ParseException;
import java.util.Optional;
import java.util.function.Supplier;

import javax.crypto.SecretKey;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import org.jspecify.annotations.Nullable;

/**
 * Makes and opens compact JWEs of one purpose, whatever is in them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7516#section-3.1">RFC 7516, section
 * 3.1</a>
 */
final class Seal {

	/** A header of ours: what the value belongs to. It is protected, not secret. */
	private static final String PLACE = "place";

	private final Supplier<KeyRing> keys;

	private final String purpose;

	private final int maxLength;

	/**
	 * Makes a seal.
	 * @param keys the current key ring
	 * @param purpose what the sealed values are for, unique among ours
	 * @param maxLength the longest text that is tried to be opened, in characters
	 */
	Seal(Supplier<KeyRing> keys, String purpose, int maxLength) {
		this.keys = keys;
		this.purpose = purpose;
		this.maxLength = maxLength;
	}

	String seal(byte[] content, @Nullable String place) {
		KeyRing ring = this.keys.get();
		String keyId = ring.sealingKeyId();
		JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).keyID(keyId);
		JWEObject jwe = new JWEObject(((place != null) ? header.customParam(PLACE, place) : header).build(),
				new Payload(content));
		try {
			jwe.encrypt(new DirectEncrypter(ring.sealingKey(keyId, this.purpose).orElseThrow()));
			return jwe.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot seal a value for " + this.purpose, ex);
		}
	}

	/**
	 * Empty when the text is not ours, not for this purpose or place, changed, or too
	 * long.
	 */
	Optional<byte[]> open(@Nullable String sealed, @Nullable String place) {
		if (sealed == null || sealed.length() > this.maxLength) {
			return Optional.empty();
		}
		try {
			JWEObject jwe = JWEObject.parse(sealed);
			Optional<SecretKey> key = keyOf(jwe.getHeader());
			if (key.isEmpty() || (place != null && !place.equals(jwe.getHeader().getCustomParam(PLACE)))) {
				return Optional.empty();
			}
			jwe.decrypt(new DirectDecrypter(key.get()));
			return Optional.of(jwe.getPayload().toBytes());
		}
		catch (ParseException | JOSEException | RuntimeException ex) {
			// The parser throws whatever a hostile header makes it stumble over.
			return Optional.empty();
		}
	}

	boolean isCurrent(String sealed) {
		return headerOf(sealed).map(JWEHeader::getKeyID).filter(this.keys.get().sealingKeyId()::equals).isPresent();
	}

	boolean isOfMissingKey(String sealed) {
		return headerOf(sealed).filter((header) -> isOurs(header) && keyOf(header).isEmpty()).isPresent();
	}

	private Optional<JWEHeader> headerOf(String sealed) {
		if (sealed.length() > this.maxLength) {
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
