package dev.mcpbridge.oauth;

import java.net.URI;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OAuthErrorTests {

	@Test
	void aChallengeNamesTheErrorAndTheMetadata() {
		assertThat(new BearerChallenge(OAuthError.invalidToken("gone"), URI.create("https://gw/.well-known/x"))
			.headerValue()).isEqualTo(
					"Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"gone\", resource_metadata=\"https://gw/.well-known/x\"");
	}

}
