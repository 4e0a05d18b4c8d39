package dev.mcpbridge.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches where tokens of our own are issued or accepted: the authorization server is on,
 * or keys are configured.
 */
final class OnOwnTokens extends AnyNestedCondition {

	OnOwnTokens() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBooleanProperty("mcp.bridge.authorization-server.enabled")
	static final class Issued {

	}

	@ConditionalOnProperty("mcp.bridge.keys")
	static final class Accepted {

	}

}
