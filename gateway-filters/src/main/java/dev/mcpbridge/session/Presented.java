package dev.mcpbridge.session;

import dev.mcpbridge.session.SessionListener.Rejection;

/**
 * What a session id that came from outside turns out to be.
 */
sealed interface Presented {

	/**
	 * It is of whoever shows it.
	 *
	 * @param upstream the upstream's id
	 * @param mark what it was marked with
	 */
	record Own(String upstream, String mark) implements Presented {

	}

	/**
	 * For whoever shows it, there is no such session.
	 *
	 * @param why what is wrong with it
	 */
	record Rejected(Rejection why) implements Presented {

	}

}
