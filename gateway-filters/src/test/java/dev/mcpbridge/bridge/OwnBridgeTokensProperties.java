package dev.mcpbridge.bridge;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;

import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.upstream.UpstreamTokens;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No change of a token goes unseen, and no text from outside does more than be refused.
 */
class OwnBridgeTokensProperties {

	static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	static final String ISSUER = "http://localhost:8080";

	static final KeyRing ring = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));

	static final InstantSource clock = InstantSource.fixed(Instant.parse("2026-08-22T12:00:00Z"));

	static final BridgeTokens tokens = new OwnBridgeTokens(() -> ring, ISSUER, Set.of(TestGrants.RESOURCE), clock);

	static final String jwt = mint();

	@Example
	void aChangeAtAnyPositionIsRefused() {
		assertThat(isOpened(jwt)).isTrue();
		for (int index = 0; index < jwt.length(); index++) {
			String changed = jwt.substring(0, index) + other(jwt.charAt(index)) + jwt.substring(index + 1);
			assertThat(isOpened(changed)).as("position %d", index).isFalse();
		}
	}

	@Property(tries = 300)
	void noPartOfItIsAccepted(@ForAll int from, @ForAll int to) {
		int begin = Math.floorMod(from, jwt.length());
		int end = begin + Math.floorMod(to, jwt.length() - begin);
		assertThat(isOpened(jwt.substring(begin, end))).isFalse();
	}

	@Property(tries = 500)
	void noTextIsAccepted(@ForAll @StringLength(max = 300) String text) {
		assertThat(isOpened(text)).isFalse();
	}

	@Property(tries = 500)
	void noHeaderMakesItFail(@ForAll @StringLength(max = 60) String name,
			@ForAll @StringLength(max = 60) String value) {
		String header = "{\"alg\":\"RS256\",\"%s\":%s}".formatted(name, value);
		String encoded = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(header.getBytes(StandardCharsets.UTF_8));
		assertThat(isOpened(encoded + jwt.substring(jwt.indexOf('.')))).isFalse();
	}

	private static boolean isOpened(String text) {
		return tokens.open(text).blockOptional(Duration.ofSeconds(10)).isPresent();
	}

	/** A character that differs in the highest of its six bits, which always counts. */
	private static char other(char character) {
		int value = URL_SAFE.indexOf(character);
		return (value < 0) ? 'A' : URL_SAFE.charAt(value ^ 32);
	}

	private static String mint() {
		UpstreamTokens upstream = TestGrants.tokens("access", "refresh", clock.instant(), Duration.ofMinutes(55));
		TokenRules rules = new TokenRules(ISSUER, null, TokenRules.Wrap.SEALED);
		return new BridgeTokenIssuer(() -> ring, rules, new RandomTexts(new SecureRandom()), clock)
			.mint(TestGrants.grant("grant", upstream), upstream)
			.jwt()
			.reveal();
	}

}
