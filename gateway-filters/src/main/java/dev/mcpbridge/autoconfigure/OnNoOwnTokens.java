package dev.mcpbridge.autoconfigure;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/**
 * Matches where no tokens of our own are issued or accepted.
 */
final class OnNoOwnTokens extends NoneNestedConditions {

	OnNoOwnTokens() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@Conditional(OnOwnTokens.class)
	static final class Own {

	}

}
