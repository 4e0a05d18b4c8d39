package dev.mcpbridge.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;

/**
 * Matches where tokens can be unwrapped: our own, or those of a trusted issuer.
 */
final class OnAnyTokens extends AnyNestedCondition {

	OnAnyTokens() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@Conditional(OnOwnTokens.class)
	static final class Own {

	}

	@ConditionalOnProperty("mcp.bridge.token.trusted-issuers[0].issuer")
	static final class Trusted {

	}

}
