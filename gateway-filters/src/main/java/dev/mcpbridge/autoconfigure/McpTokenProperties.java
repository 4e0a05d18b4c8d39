package dev.mcpbridge.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.mcpbridge.bridge.TokenRules.Wrap;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tokens we hand out, and those of others we accept.
 *
 * @param lifetime how long a bridge token lives; empty to end 60 s before its upstream
 * token
 * @param refreshLifetime how long a login lasts that is not used
 * @param refreshGrace how long a refresh token that was replaced gets the same answer
 * again; 0 for not at all
 * @param wrap how the upstream token is tied to a bridge token
 * @param cacheSize how many tokens that were found good are known again without verifying
 * their signature, those used last; 0 for none
 * @param trustedIssuers existing bridges whose tokens are accepted too
 */
@ConfigurationProperties("mcp.bridge.token")
record McpTokenProperties(@Nullable Duration lifetime, @DefaultValue("90d") Duration refreshLifetime,
		@DefaultValue("2h") Duration refreshGrace, @DefaultValue("sealed") Wrap wrap,
		@DefaultValue("10000") long cacheSize, @DefaultValue List<Issuer> trustedIssuers) {

	McpTokenProperties {
		if (cacheSize < 0) {
			throw new IllegalArgumentException(
					"mcp.bridge.token.cache-size: %d (expected: 0 or more, such as 10000)".formatted(cacheSize));
		}
	}

	/**
	 * An existing bridge.
	 *
	 * @param issuer the {@code iss} of its tokens
	 * @param jwkSetUri where its keys are
	 * @param secret the secret it signs with (HS256), if it publishes no keys
	 * @param audience the {@code aud} its tokens must name; empty to accept any
	 * @param claim the claim that holds the upstream token
	 */
	record Issuer(@DefaultValue("") String issuer, @Nullable URI jwkSetUri, @Nullable String secret,
			@Nullable String audience, @DefaultValue("atlassian_access_token") String claim) {

		@Override
		public String toString() {
			return "Issuer[%s]".formatted(this.issuer);
		}

	}

}
