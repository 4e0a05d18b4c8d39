package dev.mcpbridge.grant;

/**
 * Hears what happens to stored grants. Nothing it is told names a grant or a person.
 */
public interface GrantListener {

	/** Hears nothing. */
	GrantListener NONE = new GrantListener() {
	};

	/** The store had lost a grant, or its newest generation, and has it again. */
	default void broughtBack() {
	}

}
