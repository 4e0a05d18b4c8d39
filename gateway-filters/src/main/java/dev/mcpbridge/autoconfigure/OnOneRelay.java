package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.relay.Relay;

/**
 * Matches where there is one relay.
 */
final class OnOneRelay extends OnOneBean {

	OnOneRelay() {
		super(Relay.class);
	}

}
