package dev.mcpbridge.secret;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import javax.crypto.SecretKey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * Our keys: the first signs, the first seals, and every one still verifies and opens.
 * <p>
 * A ring is made from a JWK set with at least one private signing key (RSA, or EC of a
 * NIST curve); RSA of fewer than 2048 bits is refused, wherever it stands. Symmetric keys
 * of 256 bits seal; without one, the sealing key is derived from the signing key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5</a>
 */
public final class KeyRing {

	private final List<JWK> keys;

	private final JWKSet publicKeys;

	private final JWK signing;

	private final JWK sealing;

	private final Map<String, SecretKey> derived = new ConcurrentHashMap<>();

	private KeyRing(List<JWK> keys) {
		this.keys = keys;
		this.publicKeys = new JWKSet(
				keys.stream().filter(AsymmetricJWK.class::isInstance).map(JWK::toPublicJWK).toList());
		this.signing = keys.stream()
			.filter(SigningKeys::canSign)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"JWK set without a signing key (expected: a private RSA key of 2048 bits or more, or EC of P-256, P-384 or P-521)"));
		this.sealing = keys.stream().filter(SealingKeys::isSymmetric).findFirst().orElse(this.signing);
	}

	/**
	 * Makes a ring of a JWK set.
	 * @param jwkSet the JSON text of the set
	 * @return the ring
	 * @throws IllegalArgumentException if it is no JWK set or holds no signing key; the
	 * message holds no part of it
	 */
	public static KeyRing parse(String jwkSet) {
		return of(read(jwkSet));
	}

	/**
	 * Makes a ring of a JWK set.
	 * @param jwkSet the set, in order of preference
	 * @return the ring
	 * @throws IllegalArgumentException if it holds no signing key, or a weak one
	 */
	public static KeyRing of(JWKSet jwkSet) {
		return new KeyRing(jwkSet.getKeys().stream().map(SigningKeys::strong).map(SealingKeys::identified).toList());
	}

	/**
	 * Returns the key new tokens are signed with.
	 * @return a private key with a key id
	 */
	public JWK signingKey() {
		return this.signing;
	}

	/**
	 * Returns how new tokens are signed: as the key itself says, or as its kind suggests.
	 * @return the algorithm
	 */
	public JWSAlgorithm signingAlgorithm() {
		return SigningKeys.algorithmOf(this.signing);
	}

	/**
	 * Returns what others need to verify our tokens.
	 * @return the public halves of every asymmetric key
	 */
	public JWKSet publicKeys() {
		return this.publicKeys;
	}

	/**
	 * Tells whether a key of its own seals, rather than one made of the signing key.
	 * @return whether there is a symmetric key
	 */
	public boolean hasSymmetricKey() {
		return SealingKeys.isSymmetric(this.sealing);
	}

	String sealingKeyId() {
		return this.sealing.getKeyID();
	}

	/**
	 * Finds the key that sealed a value for a purpose.
	 * @param keyId the key id named in the value
	 * @param purpose what the value is for; another purpose has another key
	 * @return the key, or empty if it is not (or no longer) on the ring
	 */
	Optional<SecretKey> sealingKey(String keyId, String purpose) {
		return this.keys.stream()
			.filter((key) -> keyId.equals(key.getKeyID()) && SealingKeys.canSeal(key))
			.findFirst()
			.map((key) -> this.derived.computeIfAbsent(keyId + '/' + purpose, (id) -> derive(key, purpose)));
	}

	/**
	 * Returns every key that something for a purpose may have been made with.
	 * @param purpose what it is for; another purpose has another key
	 * @return the keys, the one in use first
	 */
	Stream<SecretKey> sealingKeys(String purpose) {
		return Stream.concat(Stream.of(this.sealing), this.keys.stream())
			.distinct()
			.flatMap((key) -> sealingKey(key.getKeyID(), purpose).stream());
	}

	/** The parser fails in many ways, and quotes what it reads. */
	private static JWKSet read(String jwkSet) {
		try {
			return JWKSet.parse(jwkSet);
		}
		catch (ParseException | RuntimeException ex) {
			throw new IllegalArgumentException("not a JWK set (expected: {\"keys\":[…]} of RFC 7517)");
		}
	}

	private static SecretKey derive(JWK key, String purpose) {
		try {
			return SealingKeys.derive(key, purpose);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot derive a sealing key", ex);
		}
	}

	@Override
	public String toString() {
		return "KeyRing[signing=%s, keys=%d]".formatted(this.signing.getKeyID(), this.keys.size());
	}

}
