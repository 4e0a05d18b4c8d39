package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.store.BridgeStore;

/**
 * Matches where there is one store.
 */
final class OnOneStore extends OnOneBean {

	OnOneStore() {
		super(BridgeStore.class);
	}

}
