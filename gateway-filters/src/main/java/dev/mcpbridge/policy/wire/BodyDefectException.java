package dev.mcpbridge.policy.wire;

import dev.mcpbridge.policy.BodyDefect;

/**
 * A request that nobody can judge.
 */
public final class BodyDefectException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final BodyDefect defect;

	BodyDefectException(BodyDefect defect) {
		super(defect.name(), null, false, false);
		this.defect = defect;
	}

	/**
	 * Returns what is wrong with it.
	 * @return the defect
	 */
	public BodyDefect defect() {
		return this.defect;
	}

}
