package dev.mcpbridge.secret;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a ring makes of the keys it is given.
 */
class KeyRingTests {

	static final RSAKey rsa = Keys.rsa("rsa");

	static final ECKey ec = Keys.ec("ec", Curve.P_256);

	static final OctetSequenceKey symmetric = Keys.symmetric("oct");

	@Test
	void theFirstSigningKeySigns() {
		assertThat(Keys.ring(symmetric, ec, rsa).signingKey()).isEqualTo(ec);
		assertThat(Keys.ring(rsa, ec).signingKey()).isEqualTo(rsa);
	}

	@Test
	void thePublicHalfOfAKeyOnlyVerifies() {
		KeyRing ring = Keys.ring(rsa.toPublicJWK(), ec);
		assertThat(ring.signingKey()).isEqualTo(ec);
		assertThat(ring.publicKeys().getKeyByKeyId("rsa")).isNotNull();
	}

	@Test
	void publishesNoPrivateAndNoSymmetricKey() {
		JWKSet published = Keys.ring(rsa, ec, symmetric).publicKeys();
		assertThat(published.getKeys()).containsExactly(rsa.toPublicJWK(), ec.toPublicJWK());
		assertThat(published.toString(false)).doesNotContain("\"d\"").doesNotContain("\"k\"");
	}

	@Test
	void aKeyWithoutAnIdIsNamedByItsThumbprint() throws Exception {
		List<JWK> nameless = List.of(new RSAKey.Builder(rsa).keyID(null).build(),
				new ECKey.Builder(ec).keyID(null).build(), new OctetSequenceKey.Builder(symmetric).keyID(null).build());
		KeyRing ring = KeyRing.of(new JWKSet(nameless));
		assertThat(ring.signingKey().getKeyID()).isEqualTo(rsa.computeThumbprint().toString());
		assertThat(ring.sealingKeyId()).isEqualTo(symmetric.computeThumbprint().toString());
		assertThat(ring.publicKeys().getKeys()).extracting(JWK::getKeyID).doesNotContainNull();
	}

	@Test
	void aKeySignsAsItSaysOrAsItsKindSuggests() {
		assertThat(Keys.ring(rsa).signingAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
		assertThat(Keys.ring(new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.PS384).build()).signingAlgorithm())
			.isEqualTo(JWSAlgorithm.PS384);
		assertThat(Stream.of(Curve.P_256, Curve.P_384, Curve.P_521)
			.map((curve) -> Keys.ring(Keys.ec("ec", curve)).signingAlgorithm()))
			.containsExactly(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
	}

	@Test
	void aKeyThatCannotSignIsPassedOver() {
		RSAKey forEncryption = new RSAKey.Builder(rsa).keyUse(KeyUse.ENCRYPTION).build();
		RSAKey wrongAlgorithm = new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.HS256).build();
		RSAKey unknownAlgorithm = new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.parse("RSA-OAEP-256")).build();
		ECKey wrongCurve = new ECKey.Builder(ec).algorithm(JWSAlgorithm.ES512).build();
		for (JWK unfit : List.of(forEncryption, wrongAlgorithm, unknownAlgorithm, wrongCurve)) {
			assertThat(Keys.ring(unfit, Keys.ec("other", Curve.P_256)).signingKey().getKeyID()).isEqualTo("other");
		}
	}

	@Test
	void aWeakKeyIsRefusedEvenWhereItOnlyVerifies() {
		JWK weak = Keys.rsa("weak", 1024).toPublicJWK();
		assertThatIllegalArgumentException().isThrownBy(() -> Keys.ring(rsa, weak))
			.withMessage("JWK set: a key with 1024 bits (expected: RSA of 2048 or more)");
	}

	@Test
	void aRingWithoutASigningKeyIsRefused() {
		for (JWK alone : List.of(symmetric, rsa.toPublicJWK())) {
			assertThatIllegalArgumentException().isThrownBy(() -> Keys.ring(alone))
				.withMessageStartingWith("JWK set without a signing key (expected: a private RSA key");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{\"keys\":null}", "{\"keys\":[]}", "{\"keys\":[{}]}",
			"{\"keys\":[{\"kty\":\"RSA\",\"d\":\"TOPSECRET\"}]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"TOPSECRET\"}]}",
			"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"TOPSECRET\",\"x\":\"AQ\",\"y\":\"AQ\"}]}",
			"{\"keys\":\"TOPSECRET\"}", "TOPSECRET", "{\"keys\":[{\"kty\":\"TOPSECRET\"}]}" })
	void whatIsNoUsableKeySetIsRefusedWithoutQuotingIt(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.parse(text))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("expected").doesNotContain("TOPSECRET"))
			.withNoCause();
	}

	@Test
	void theFirstSymmetricKeySealsOrElseTheSigningKey() {
		assertThat(Keys.ring(rsa, symmetric, Keys.symmetric("second")).sealingKeyId()).isEqualTo("oct");
		assertThat(Keys.ring(rsa).sealingKeyId()).isEqualTo("rsa");
		assertThat(Keys.ring(ec).sealingKeyId()).isEqualTo("ec");
	}

	@Test
	void aSharedOrShortSymmetricKeyDoesNotSeal() {
		OctetSequenceKey shared = new OctetSequenceKey.Builder(symmetric).keyUse(KeyUse.SIGNATURE).build();
		OctetSequenceKey shorter = new OctetSequenceKey.Builder(new byte[16]).keyID("oct").build();
		for (JWK unfit : List.of(shared, shorter)) {
			KeyRing ring = Keys.ring(rsa, unfit);
			assertThat(ring.sealingKeyId()).isEqualTo("rsa");
			assertThat(ring.sealingKey("oct", "anything")).isEmpty();
		}
	}

	@Test
	void eachPurposeHasAKeyOfItsOwn() {
		for (KeyRing ring : List.of(Keys.ring(rsa, symmetric), Keys.ring(rsa), Keys.ring(ec))) {
			String id = ring.sealingKeyId();
			byte[] one = ring.sealingKey(id, "one").orElseThrow().getEncoded();
			assertThat(one).hasSize(32).isNotEqualTo(ring.sealingKey(id, "other").orElseThrow().getEncoded());
			assertThat(ring.sealingKey(id, "one").orElseThrow().getEncoded()).isEqualTo(one);
			assertThat(ring.sealingKey(UUID.randomUUID().toString(), "one")).isEmpty();
		}
	}

	@Test
	void printsNoKey() {
		assertThat(Keys.ring(rsa, symmetric)).hasToString("KeyRing[signing=rsa, keys=2]");
	}

}
