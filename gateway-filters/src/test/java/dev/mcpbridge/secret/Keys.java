package dev.mcpbridge.secret;

import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/**
 * Keys for tests.
 */
public final class Keys {

	private Keys() {
	}

	/**
	 * Makes an RSA key of 2048 bits.
	 * @param id its key id
	 * @return the key
	 */
	public static RSAKey rsa(String id) {
		return rsa(id, 2048);
	}

	/**
	 * Makes an RSA key of any size.
	 * @param id its key id
	 * @param bits its size
	 * @return the key
	 */
	public static RSAKey rsa(String id, int bits) {
		try {
			return new RSAKeyGenerator(bits, true).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes an EC key.
	 * @param id its key id
	 * @param curve its curve
	 * @return the key
	 */
	public static ECKey ec(String id, Curve curve) {
		try {
			return new ECKeyGenerator(curve).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a symmetric key of 256 bits.
	 * @param id its key id
	 * @return the key
	 */
	public static OctetSequenceKey symmetric(String id) {
		try {
			return new OctetSequenceKeyGenerator(256).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a ring.
	 * @param keys its keys in order
	 * @return the ring
	 */
	public static KeyRing ring(JWK... keys) {
		return KeyRing.of(new JWKSet(List.of(keys)));
	}

}
