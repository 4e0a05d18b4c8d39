package dev.mcpbridge.oauth;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RegisteredRedirectUriTests {

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1/cb,http://127.0.0.1:1/cb", "http://127.0.0.1:1/cb,http://127.0.0.1/cb",
			"http://localhost:1/cb?a=b,http://localhost:2/cb?a=b", "http://[::1]/cb,http://[::1]:8080/cb",
			"https://a.example/cb,https://a.example/cb", "app://x/cb,app://x/cb" })
	void whatDiffersInNothingButALoopbackPortMatches(String registered, String requested) {
		assertThat(RegisteredRedirectUri.match(requested, List.of("https://other.example/", registered)))
			.hasValueSatisfying((uri) -> assertThat(uri).hasToString(requested));
	}

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1/cb,http://localhost/cb", "http://127.0.0.1/cb,https://127.0.0.1/cb",
			"https://localhost:1/cb,https://localhost:2/cb", "https://a.example/cb,https://a.example:443/cb",
			"https://a.example/cb,https://a.example/CB", "https://a.example/cb,https://A.example/cb",
			"https://a.example/cb,https://a.example/cb/", "https://a.example/cb,https://a.example/cb?",
			"https://a.example/cb,https://a.example/cb#", "https://a.example/cb,https://a.example/%63b",
			"http://127.0.0.1/cb,http://127.0.0.1:1/cb?a=b", "http://127.0.0.1/cb?a=b,http://127.0.0.1:1/cb",
			"http://127.0.0.1/cb,http://x@127.0.0.1/cb", "http://127.0.0.1/cb,http://127.0.0.1:1/cb?null",
			"app://localhost:1/cb,app://localhost:2/cb", "http://127.0.0.1/cb,http://127.1/cb" })
	void anythingElseDoesNot(String registered, String requested) {
		assertThat(RegisteredRedirectUri.match(requested, List.of(registered))).isEmpty();
	}

	@Test
	void aMissingUriStandsForTheOnlyOne() {
		assertThat(RegisteredRedirectUri.match(null, List.of("https://a.example/")))
			.hasValueSatisfying((uri) -> assertThat(uri).hasToString("https://a.example/"));
		assertThat(RegisteredRedirectUri.match(null, List.of("https://a.example/", "https://b.example/"))).isEmpty();
		assertThat(RegisteredRedirectUri.match(null, List.of())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "https://a.example:8443/x,a.example,false", "http://127.0.0.1:7/x,127.0.0.1,true",
			"http://LOCALHOST/x,LOCALHOST,true", "http://[::1]:7/x,[::1],true", "https://localhost/x,localhost,true",
			"cursor://anysphere.x/y,cursor://anysphere.x,false", "com.example:/cb,com.example://,false",
			"app://localhost/cb,app://localhost,false" })
	void itSaysPlainlyWhereTheAnswerGoes(String uri, String host, boolean loopback) {
		RegisteredRedirectUri proven = RegisteredRedirectUri.match(uri, List.of(uri)).orElseThrow();
		assertThat(proven.host()).isEqualTo(host);
		assertThat(proven.isLoopback()).isEqualTo(loopback);
	}

}
