package dev.mcpbridge.authorization;

import java.util.List;

import dev.mcpbridge.oauth.OAuthError;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record TokenEndpointListeners(List<TokenEndpointListener> listeners) implements TokenEndpointListener {

	@Override
	public void issued(String grantType) {
		this.listeners.forEach((listener) -> listener.issued(grantType));
	}

	@Override
	public void graceServed() {
		this.listeners.forEach((listener) -> listener.graceServed());
	}

	@Override
	public void familyRevoked() {
		this.listeners.forEach((listener) -> listener.familyRevoked());
	}

	@Override
	public void refused(OAuthError error, RefusalReason reason) {
		this.listeners.forEach((listener) -> listener.refused(error, reason));
	}

	@Override
	public void loginNeeded(String reason) {
		this.listeners.forEach((listener) -> listener.loginNeeded(reason));
	}

}
