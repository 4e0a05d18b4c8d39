package dev.mcpbridge.app.probe.contract;

/**
 * What to think of a step.
 */
public enum Verdict {

	/** Everything the contract speaks of was as it says. */
	AS_EXPECTED("as expected"),

	/** Something the contract speaks of was otherwise. */
	CHANGED("changed"),

	/** Not done: not asked for, or impossible after what happened before. */
	SKIPPED("skipped"),

	/** Could not be done: no answer, or none that can be understood. */
	FAILED("failed");

	private final String words;

	Verdict(String words) {
		this.words = words;
	}

	@Override
	public String toString() {
		return this.words;
	}

}
