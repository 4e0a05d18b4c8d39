package dev.mcpbridge.policy.rule;

import java.util.Set;

import dev.mcpbridge.policy.Decision;

/**
 * What a policy says about a call.
 *
 * @param decision what is decided, and by what
 * @param text what the client is told of a refusal
 * @param missing the scopes that would have let it pass; empty if none would
 */
public record Judgement(Decision decision, String text, Set<String> missing) {

	/** Nothing stands against it. */
	public static final Judgement NO_POLICY = new Judgement(Decision.NO_POLICY, "", Set.of());

	public Judgement {
		missing = Set.copyOf(missing);
	}

}
