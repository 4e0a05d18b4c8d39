package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import dev.mcpbridge.authorization.AuthorizationServerSettings.Consent;
import dev.mcpbridge.authorization.Introspector;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The authorization server of our own.
 *
 * @param enabled whether its endpoints are served
 * @param consent when the person is asked
 * @param rememberFor how long a remembered consent stands
 * @param loginLifetime how long a person may take to log in
 * @param codeLifetime how long a client may take to redeem its code
 * @param introspection who may ask what a token is worth
 */
@ConfigurationProperties("mcp.bridge.authorization-server")
record McpAuthorizationServerProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("remember") Consent consent, @DefaultValue("30d") Duration rememberFor,
		@DefaultValue("10m") Duration loginLifetime, @DefaultValue("60s") Duration codeLifetime,
		@DefaultValue Introspection introspection) {

	/**
	 * The client that may ask what a token is worth.
	 *
	 * @param clientId its identifier; empty if nobody may
	 * @param clientSecret its secret
	 */
	record Introspection(@Nullable String clientId, @Nullable String clientSecret) {

		@Nullable Introspector introspector() {
			boolean named = this.clientId != null && !this.clientId.isBlank();
			boolean proven = this.clientSecret != null && !this.clientSecret.isBlank();
			if (named != proven) {
				throw new IllegalArgumentException(
						"mcp.bridge.authorization-server.introspection.client-id and .client-secret: only %s (expected: both or neither)"
							.formatted(named ? "client-id" : "client-secret"));
			}
			return (this.clientId != null && this.clientSecret != null && named)
					? new Introspector(this.clientId, Secret.of(this.clientSecret)) : null;
		}

		@Override
		public String toString() {
			return "Introspection[%s]".formatted(this.clientId);
		}

	}

}
