package dev.mcpbridge.doctor;

/** How bad a finding is, the least first. */
public enum Severity {

	/** As it should be. */
	OK,

	/** Not looked at, for the reason given. */
	SKIPPED,

	/** Works, but will hurt. */
	WARNING,

	/** Does not work. */
	FAILURE

}
