package dev.mcpbridge.oauth;

import java.net.URI;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class RegisteredRedirectUriProperties {

	static final List<String> REGISTERED = List.of("https://app.example.com/cb?x=1", "http://127.0.0.1:1234/cb",
			"cursor://anysphere.cursor-retrieval/cb");

	@Property
	void whateverMatchesIsRegisteredButForALoopbackPort(@ForAll("nearlyRegistered") String requested) {
		RegisteredRedirectUri.match(requested, REGISTERED).ifPresent((proven) -> {
			assertThat(proven).hasToString(requested);
			assertThat(REGISTERED)
				.contains(requested.replaceFirst("^http://127\\.0\\.0\\.1(:-?\\d*)?/", "http://127.0.0.1:1234/"));
		});
	}

	@Property
	void whateverMayBeRegisteredIsReachableSafely(@ForAll("nearlyRegistered") String text) {
		if (RegisteredRedirectUri.flawOf(text).isEmpty()) {
			URI uri = URI.create(text);
			assertThat(uri.getRawFragment()).isNull();
			assertThat(uri.getRawUserInfo()).isNull();
			if (uri.getScheme().equalsIgnoreCase("http")) {
				assertThat(HttpUrl.isLoopback(uri.getHost())).isTrue();
			}
		}
	}

	@Property
	void anyTextHasAFlawOrNone(@ForAll String text) {
		assertThat(RegisteredRedirectUri.flawOf(text)).isNotNull();
		assertThat(RegisteredRedirectUri.match(text, REGISTERED)).isEmpty();
	}

	@Property
	void anyLoopbackPortMatches(@ForAll @IntRange(min = 1, max = 65535) int port) {
		assertThat(RegisteredRedirectUri.match("http://127.0.0.1:" + port + "/cb", REGISTERED)).isPresent();
	}

	/** Registered URIs with a few characters replaced, left out or put in. */
	@Provide
	Arbitrary<String> nearlyRegistered() {
		Arbitrary<String> some = Arbitraries.strings().withChars("abAB019:/.@?#&=%[]\\ \t-é").ofMaxLength(3);
		return Arbitraries.of(REGISTERED)
			.flatMap((uri) -> Arbitraries.integers()
				.between(0, uri.length())
				.flatMap((from) -> Arbitraries.integers()
					.between(from, Math.min(uri.length(), from + 4))
					.flatMap((to) -> some.map((text) -> uri.substring(0, from) + text + uri.substring(to)))));
	}

}
