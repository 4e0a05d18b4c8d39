package dev.mcpbridge.secret;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.SecretKey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;

/**
 * Our keys: the first signs, the first seals, and every one still verifies and opens.
 * <p>
 * A ring is made from a JWK set with at least one private signing key (RSA of 2048 bits
 * or more, or EC). Symmetric keys of 256 bits seal; without one, the sealing key is
 * derived from the signing key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5</a>
 */
public final class KeyRing {

	private final List<JWK> keys;

	private final JWK signing;

	private final JWK sealing;

	private final Map<String, SecretKey> derived = new ConcurrentHashMap<>();

	private KeyRing(List<JWK> keys) {
		this.keys = keys;
		this.signing = keys.stream()
			.filter(KeyRing::canSign)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"JWK set without a signing key (expected: a private RSA key of 2048 bits or more, or EC)"));
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
		try {
			return of(JWKSet.parse(jwkSet));
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("not a JWK set (expected: {\"keys\":[…]} of RFC 7517)");
		}
	}

	/**
	 * Makes a ring of a JWK set.
	 * @param jwkSet the set, in order of preference
	 * @return the ring
	 * @throws IllegalArgumentException if it holds no signing key
	 */
	public static KeyRing of(JWKSet jwkSet) {
		return new KeyRing(jwkSet.getKeys().stream().map(SealingKeys::identified).toList());
	}

	/**
	 * Returns the key new tokens are signed with.
	 * @return a private key with a key id
	 */
	public JWK signingKey() {
		return this.signing;
	}

	/**
	 * Returns what others need to verify our tokens.
	 * @return the public halves of every asymmetric key
	 */
	public JWKSet publicKeys() {
		return new JWKSet(this.keys.stream().filter(AsymmetricJWK.class::isInstance).map(JWK::toPublicJWK).toList());
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
			.filter((key) -> keyId.equals(key.getKeyID()) && key.isPrivate())
			.findFirst()
			.map((key) -> this.derived.computeIfAbsent(keyId + '/' + purpose, (id) -> derive(key, purpose)));
	}

	private static SecretKey derive(JWK key, String purpose) {
		try {
			return SealingKeys.derive(key, purpose);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot derive a sealing key", ex);
		}
	}

	private static boolean canSign(JWK key) {
		return key instanceof AsymmetricJWK && key.isPrivate() && !KeyUse.ENCRYPTION.equals(key.getKeyUse())
				&& SealingKeys.isStrong(key);
	}

	@Override
	public String toString() {
		return "KeyRing[signing=%s, keys=%d]".formatted(this.signing.getKeyID(), this.keys.size());
	}

}
