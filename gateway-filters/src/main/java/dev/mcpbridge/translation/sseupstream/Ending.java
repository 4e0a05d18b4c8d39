package dev.mcpbridge.translation.sseupstream;

import dev.mcpbridge.translation.TranslationListener.End;

/**
 * How the upstream's stream of a session ended.
 */
enum Ending {

	/** The upstream ended it. */
	ENDED(End.UPSTREAM_ENDED, true),

	/** It broke, or the upstream says in a passing way that there is none. */
	BROKEN(End.UPSTREAM_FAILED, true),

	/** An event was larger than the bound. */
	TOO_LARGE(End.UPSTREAM_FAILED, false),

	/** It names no message endpoint of the upstream. */
	NO_ENDPOINT(End.UPSTREAM_ENDED, false),

	/** The upstream does not open another. */
	REFUSED(End.UPSTREAM_ENDED, false),

	/** The other replicas could not be told that it was cut. */
	RELAY_FAILED(End.RELAY_FAILED, false);

	private final End why;

	private final boolean passing;

	Ending(End why, boolean passing) {
		this.why = why;
		this.passing = passing;
	}

	/** Why the session ends, if it does. */
	End why() {
		return this.why;
	}

	/** Tells whether another stream may take its place. */
	boolean isPassing() {
		return this.passing;
	}

}
