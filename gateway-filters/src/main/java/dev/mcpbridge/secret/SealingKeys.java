package dev.mcpbridge.secret;

import java.nio.charset.StandardCharsets;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ConcatKDF;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;

/**
 * How a key of the ring becomes a key that seals for one purpose.
 *
 * @see <a href="https://doi.org/10.6028/NIST.SP.800-56Cr2">NIST SP 800-56C, one-step key
 * derivation</a>
 */
final class SealingKeys {

	private static final int BITS = 256;

	private SealingKeys() {
	}

	/** A key that is meant to sign is not ours alone: its secret is shared. */
	static boolean isSymmetric(JWK key) {
		return KeyType.OCT.equals(key.getKeyType()) && key.size() >= BITS && !KeyUse.SIGNATURE.equals(key.getKeyUse());
	}

	static boolean canSeal(JWK key) {
		return isSymmetric(key) || (key.isPrivate() && (key instanceof RSAKey || key instanceof ECKey));
	}

	/** Gives a key without an id its thumbprint as id (RFC 7638). */
	static JWK identified(JWK key) {
		if (key.getKeyID() != null) {
			return key;
		}
		try {
			if (key instanceof RSAKey rsa) {
				return new RSAKey.Builder(rsa).keyIDFromThumbprint().build();
			}
			if (key instanceof ECKey ec) {
				return new ECKey.Builder(ec).keyIDFromThumbprint().build();
			}
			if (key instanceof OctetSequenceKey oct) {
				return new OctetSequenceKey.Builder(oct).keyIDFromThumbprint().build();
			}
		}
		catch (JOSEException ex) {
			throw new IllegalArgumentException("JWK set: a key without \"kid\" whose thumbprint cannot be computed");
		}
		throw new IllegalArgumentException("JWK set: a key of type " + key.getKeyType() + " without \"kid\"");
	}

	static SecretKey derive(JWK key, String purpose) throws JOSEException {
		SecretKey secret = new SecretKeySpec(material(key), "AES");
		byte[] info = ("mcp-bridge/" + purpose).getBytes(StandardCharsets.UTF_8);
		return new ConcatKDF("SHA-256").deriveKey(secret, BITS, info);
	}

	private static byte[] material(JWK key) {
		if (key instanceof OctetSequenceKey oct) {
			return oct.toByteArray();
		}
		if (key instanceof RSAKey rsa) {
			return rsa.getPrivateExponent().decode();
		}
		if (key instanceof ECKey ec) {
			return ec.getD().decode();
		}
		throw new IllegalArgumentException("JWK set: a key of type " + key.getKeyType() + " cannot seal");
	}

}
