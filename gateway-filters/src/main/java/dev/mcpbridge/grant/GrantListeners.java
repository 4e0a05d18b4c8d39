package dev.mcpbridge.grant;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record GrantListeners(List<GrantListener> listeners) implements GrantListener {

	@Override
	public void broughtBack() {
		this.listeners.forEach((listener) -> listener.broughtBack());
	}

	@Override
	public void revoked(RevokedBy by) {
		this.listeners.forEach((listener) -> listener.revoked(by));
	}

}
