package dev.mcpbridge.oauth;

import java.net.URI;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

class OAuthErrorProperties {

	@Property
	void aDescriptionNeverLeavesItsQuotes(@ForAll String description) {
		String header = new BearerChallenge(OAuthError.invalidToken(description), URI.create("https://gw/x"))
			.headerValue();
		assertThat(header).matches(
				"Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*\", resource_metadata=\"https://gw/x\"");
	}

	@Property
	void anExceptionSaysNoMoreThanTheError(@ForAll String description) {
		OAuthError error = OAuthError.invalidGrant(description);
		assertThat(new OAuthErrorException(error)).hasMessage("invalid_grant: " + error.description()).hasNoCause();
		assertThat(new OAuthErrorException(error).getStackTrace()).isEmpty();
	}

}
