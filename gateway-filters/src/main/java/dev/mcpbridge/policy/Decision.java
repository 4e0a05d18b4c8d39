package dev.mcpbridge.policy;

/**
 * What was decided about one call, and by what.
 *
 * @param verdict what was decided
 * @param reason why: one of a closed set of words of this filter, or that of a gate
 * @param policy the name of the policy that was asked; empty if there is none
 * @param rule the name of the rule that decided; empty if none did but the policy's mode
 */
public record Decision(Verdict verdict, String reason, String policy, String rule) {

	/** There is no policy. */
	public static final Decision NO_POLICY = new Decision(Verdict.ALLOWED, "no-policy", "", "");

	/**
	 * Tells whether the call is sent on.
	 * @return whether it is
	 */
	public boolean isAllowed() {
		return this.verdict != Verdict.REFUSED;
	}

	/** What was decided. */
	public enum Verdict {

		/** It is sent on. */
		ALLOWED,

		/** It is sent on, since the policy is only tried out; it would be refused. */
		WOULD_REFUSE,

		/** It is answered by us. */
		REFUSED

	}

}
