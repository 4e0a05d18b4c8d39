package dev.mcpbridge.policy.rule;

/**
 * What a rule makes of the calls it is about.
 */
public enum Effect {

	/** They pass, and no later rule is asked. */
	ALLOW,

	/** They are refused, and no later rule is asked. */
	DENY

}
