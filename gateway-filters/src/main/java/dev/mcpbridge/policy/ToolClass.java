package dev.mcpbridge.policy;

import java.util.Locale;

/**
 * What a tool does to the data behind it.
 */
public enum ToolClass {

	/** It returns something that is named. */
	READ,

	/** It returns whatever a query finds. */
	SEARCH,

	/** It creates or changes something. */
	WRITE,

	/** It removes something, or can. */
	DELETE,

	/** Nobody has said. */
	UNKNOWN;

	/**
	 * Returns the class as configuration and metrics write it.
	 * @return the word
	 */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Tells whether such a tool leaves everything as it is.
	 * @return whether it does, as far as is known
	 */
	public boolean isReadOnly() {
		return this == READ || this == SEARCH;
	}

}
