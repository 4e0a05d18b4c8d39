package dev.mcpbridge.policy.rule;

import dev.mcpbridge.policy.ToolClass;

/**
 * What becomes of calls that no rule decides.
 */
public enum Mode {

	/** They pass. */
	ALLOW,

	/** They are refused. */
	DENY,

	/** They pass if the tool reads or searches. */
	READ_ONLY;

	boolean allows(ToolClass kind) {
		return this == ALLOW || this == READ_ONLY && kind.isReadOnly();
	}

}
