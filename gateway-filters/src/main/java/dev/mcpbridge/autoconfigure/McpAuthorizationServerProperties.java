package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import dev.mcpbridge.authorization.AuthorizationServerSettings.Consent;

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
 */
@ConfigurationProperties("mcp.bridge.authorization-server")
record McpAuthorizationServerProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("remember") Consent consent, @DefaultValue("30d") Duration rememberFor,
		@DefaultValue("10m") Duration loginLifetime, @DefaultValue("60s") Duration codeLifetime) {

}
