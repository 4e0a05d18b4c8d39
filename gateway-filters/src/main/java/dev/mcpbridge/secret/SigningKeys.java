package dev.mcpbridge.secret;

import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;

/**
 * Which keys of a ring sign, and how.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518, section
 * 3.1</a>
 */
final class SigningKeys {

	private static final int RSA_BITS = 2048;

	private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
			JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512);

	private static final Map<Curve, JWSAlgorithm> EC = Map.of(Curve.P_256, JWSAlgorithm.ES256, Curve.P_384,
			JWSAlgorithm.ES384, Curve.P_521, JWSAlgorithm.ES512);

	private SigningKeys() {
	}

	static boolean canSign(JWK key) {
		return key.isPrivate() && !KeyUse.ENCRYPTION.equals(key.getKeyUse()) && fits(key, algorithmOf(key));
	}

	/** A weak key must not even verify: whoever breaks it makes tokens. */
	static JWK strong(JWK key) {
		if (key instanceof RSAKey && key.size() < RSA_BITS) {
			throw new IllegalArgumentException(
					"JWK set: a key with %d bits (expected: RSA of 2048 or more)".formatted(key.size()));
		}
		return key;
	}

	static JWSAlgorithm algorithmOf(JWK key) {
		if (key.getAlgorithm() != null) {
			return JWSAlgorithm.parse(key.getAlgorithm().getName());
		}
		return (key instanceof ECKey ec) ? EC.getOrDefault(ec.getCurve(), JWSAlgorithm.ES256) : JWSAlgorithm.RS256;
	}

	private static boolean fits(JWK key, JWSAlgorithm algorithm) {
		if (key instanceof RSAKey) {
			return RSA.contains(algorithm);
		}
		return key instanceof ECKey ec && algorithm.equals(EC.get(ec.getCurve()));
	}

}
