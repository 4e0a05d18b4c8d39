package dev.mcpbridge.grant;

import java.util.List;

/**
 * Hears what happens to stored grants. Nothing it is told names a grant or a person.
 */
public interface GrantListener {

	/** Hears nothing. */
	GrantListener NONE = new GrantListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static GrantListener all(List<? extends GrantListener> listeners) {
		return new GrantListeners(List.copyOf(listeners));
	}

	/** The store had lost a grant, or its newest generation, and has it again. */
	default void broughtBack() {
	}

}
