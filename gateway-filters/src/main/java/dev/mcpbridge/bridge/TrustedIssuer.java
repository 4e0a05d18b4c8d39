package dev.mcpbridge.bridge;

import java.net.URI;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * An existing bridge whose tokens are accepted too.
 *
 * @param issuer the {@code iss} of its tokens
 * @param jwkSetUri where its keys are, or {@code null} if it signs with a secret
 * @param secret the secret it signs with (HS256), or {@code null} if it publishes keys
 * @param audience the {@code aud} its tokens must name, or {@code null} to accept any
 * @param claim the claim that holds the upstream token in the clear
 */
public record TrustedIssuer(String issuer, @Nullable URI jwkSetUri, @Nullable Secret secret, @Nullable String audience,
		String claim) {

	public TrustedIssuer {
		if (issuer.isBlank()) {
			throw new IllegalArgumentException("mcp.bridge.token.trusted-issuers[].issuer: empty (expected: the iss)");
		}
		if ((jwkSetUri == null) == (secret == null)) {
			throw new IllegalArgumentException(
					"mcp.bridge.token.trusted-issuers[].jwk-set-uri and .secret: %s (expected: exactly one of them)"
						.formatted((secret == null) ? "neither" : "both"));
		}
		if (secret != null && secret.reveal().length() < 32) {
			throw new IllegalArgumentException(
					"mcp.bridge.token.trusted-issuers[].secret: too short (expected: at least 32 characters)");
		}
	}

}
