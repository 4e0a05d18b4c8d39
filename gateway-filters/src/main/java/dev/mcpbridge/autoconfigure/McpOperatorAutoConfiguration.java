package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.authorization.ClientNames;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantRevocation;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.store.BridgeStore;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * The actuator endpoint {@code mcpbridge}, where the actuator is there and the endpoint
 * exposed.
 */
@AutoConfiguration(after = McpRefreshAutoConfiguration.class)
@Conditional(OnOwnTokens.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(McpBridgeEndpoint.class)
public final class McpOperatorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	McpBridgeEndpoint mcpBridgeEndpoint(Grants grants, GrantRevocation revocation, KeyFile keys, BridgeStore store) {
		return new McpBridgeEndpoint(new GrantDesk(grants, revocation, new ClientNames(keys, store)));
	}

}
