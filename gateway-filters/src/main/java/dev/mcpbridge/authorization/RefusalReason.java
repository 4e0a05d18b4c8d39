package dev.mcpbridge.authorization;

import java.util.Locale;

/**
 * Why a client is refused, in more detail than it is told.
 */
public enum RefusalReason {

	/** What it presented was ours, and is over. */
	EXPIRED,

	/** What it presented was used before. */
	REPLAYED,

	/** The grant behind it has ended. */
	ENDED,

	/** What it presented is another client's. */
	FOREIGN,

	/** What it presented is not ours, or not whole. */
	UNREADABLE,

	/** What it presented is ours, and nothing is known of it any more. */
	UNKNOWN,

	/** It could not prove who it is, or that the code is its own. */
	UNPROVEN;

	/**
	 * Returns the word for logs and metrics.
	 * @return the name in lower case
	 */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
