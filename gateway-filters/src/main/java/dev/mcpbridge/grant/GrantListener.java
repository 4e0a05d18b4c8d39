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

	/**
	 * A grant was ended on purpose.
	 * @param by who ended it
	 */
	default void revoked(RevokedBy by) {
	}

	/** Who ends grants on purpose. */
	enum RevokedBy {

		/** The client, at the revocation endpoint. */
		CLIENT,

		/** An operator, at the actuator. */
		OPERATOR,

		/** We, since its code was redeemed twice. */
		CODE_REPLAY,

		/** We, since one of its refresh tokens was replayed after the grace. */
		TOKEN_REPLAY

	}

}
