package dev.mcpbridge.secret;

import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What opens, and what does not.
 */
class SealedBoxTests {

	static final KeyRing ring = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));

	final SealedBox<Letter> box = new SealedBox<>(() -> ring, "letter", Letter.class);

	@Test
	void whatWasSealedOpens() {
		Letter letter = new Letter("bonjour, ça va? \u0000 \uD83D\uDD11", Secret.of("hunter2"), null);
		assertThat(this.box.open(this.box.seal(letter))).contains(letter);
	}

	@Test
	void aSealedValueShowsNothingAndIsNeverTheSameTwice() {
		Letter letter = new Letter("greeting", Secret.of("hunter2"), 1L);
		String sealed = this.box.seal(letter);
		assertThat(sealed).matches("[\\w.-]+").doesNotContain("hunter2").isNotEqualTo(this.box.seal(letter));
	}

	@Test
	void anotherPurposeDoesNotOpenIt() {
		String sealed = new SealedBox<>(() -> ring, "other", Letter.class).seal(new Letter("x", Secret.of("y"), 1L));
		assertThat(this.box.open(sealed)).isEmpty();
	}

	@Test
	void aForeignKeyDoesNotOpenItEvenUnderTheSameId() {
		KeyRing foreign = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));
		String sealed = new SealedBox<>(() -> foreign, "letter", Letter.class)
			.seal(new Letter("x", Secret.of("y"), 1L));
		assertThat(this.box.open(sealed)).isEmpty();
	}

	@Test
	void anAddedKeySealsFirstAndTheOldOneStillOpens() {
		KeyRing alone = Keys.ring(Keys.rsa("old"));
		AtomicReference<KeyRing> keys = new AtomicReference<>(alone);
		SealedBox<Letter> changing = new SealedBox<>(keys::get, "letter", Letter.class);
		Letter letter = new Letter("x", Secret.of("y"), 1L);
		String before = changing.seal(letter);
		keys.set(Keys.ring(Keys.symmetric("new"), alone.signingKey()));
		assertThat(changing.open(before)).contains(letter);
		assertThat(Base64URL.from(changing.seal(letter).split("\\.")[0]).decodeToString()).contains("\"new\"");
		keys.set(Keys.ring(Keys.rsa("third")));
		assertThat(changing.open(before)).isEmpty();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", ".", "....", "garbage", "e30....", "eyJhbGciOiJkaXIifQ....",
			"eyJhbGciOiJub25lIn0.e30.", "\u0000", "a.b.c.d.e" })
	void garbageDoesNotOpen(@Nullable String garbage) {
		assertThat(this.box.open(garbage)).isEmpty();
	}

	@Test
	void whatIsTooLongIsNotTried() {
		String sealed = this.box.seal(new Letter("x".repeat(SealedBox.MAX_LENGTH), Secret.of("y"), 1L));
		assertThat(sealed.length()).isGreaterThan(SealedBox.MAX_LENGTH);
		assertThat(this.box.open(sealed)).isEmpty();
	}

	@Test
	void aKeyThatCannotSealOpensNothing() throws Exception {
		OctetKeyPair pair = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(new byte[32]))
			.d(Base64URL.encode(new byte[32]))
			.keyID("okp")
			.build();
		KeyRing odd = Keys.ring(Keys.rsa("rsa"), pair);
		assertThat(new SealedBox<>(() -> odd, "letter", Letter.class).open(encrypted("okp", new byte[32], "{}")))
			.isEmpty();
	}

	@Test
	void anotherShapeDoesNotOpen() throws Exception {
		byte[] key = ring.sealingKey("oct", "letter").orElseThrow().getEncoded();
		assertThat(this.box.open(encrypted("oct", key, "{\"text\":\"t\",\"secret\":\"s\",\"number\":1}"))).isPresent();
		for (String shape : new String[] { "", "[]", "7", "{\"secret\":\"\"}", "{\"number\":{}}" }) {
			assertThat(this.box.open(encrypted("oct", key, shape))).as(shape).isEmpty();
		}
	}

	private static String encrypted(String keyId, byte[] key, String text) throws Exception {
		JWEObject jwe = new JWEObject(
				new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).keyID(keyId).build(),
				new Payload(text));
		jwe.encrypt(new DirectEncrypter(key));
		return jwe.serialize();
	}

	record Letter(String text, Secret secret, @Nullable Long number) {

	}

}
