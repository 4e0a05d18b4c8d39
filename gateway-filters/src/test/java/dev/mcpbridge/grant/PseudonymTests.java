package dev.mcpbridge.grant;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.mcpbridge.secret.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One person, one name, for as long as their tokens say who they are.
 */
class PseudonymTests {

	@Test
	void isTheSameForEveryOpaqueTokenOfOnePerson() {
		assertThat(of("person:grant1:secret1")).isEqualTo(of("person:grant2:secret2"))
			.isNotEqualTo(of("other:grant1:secret1"))
			.matches("[\\w-]{22}")
			.doesNotContain("person");
	}

	@Test
	void isTheSameForEveryJwtOfOnePerson() {
		assertThat(of(jwt("person", "1"))).isEqualTo(of(jwt("person", "2"))).isNotEqualTo(of(jwt("other", "1")));
	}

	@Test
	void differsBetweenIssuers() {
		Secret token = Secret.of("person:grant:secret");
		assertThat(Pseudonym.of("https://one", token, "x")).isNotEqualTo(Pseudonym.of("https://other", token, "x"));
	}

	@Test
	void aTokenThatNamesNobodyMakesEachGrantAPerson() {
		for (String token : new String[] { "opaque", "a:b", "a:b:c:d", "e30.e30.", "a.b.c", ":::" }) {
			assertThat(Pseudonym.of("https://one", Secret.of(token), "grant 1"))
				.isEqualTo(Pseudonym.of("https://one", Secret.of(token), "grant 1"))
				.isNotEqualTo(Pseudonym.of("https://one", Secret.of(token), "grant 2"));
		}
	}

	private static String of(String token) {
		return Pseudonym.of("https://one", Secret.of(token), "otherwise");
	}

	private static String jwt(String subject, String id) {
		return new PlainJWT(new JWTClaimsSet.Builder().subject(subject).jwtID(id).build()).serialize();
	}

}
