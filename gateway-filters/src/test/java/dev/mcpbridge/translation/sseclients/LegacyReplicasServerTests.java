package dev.mcpbridge.translation.sseclients;

import dev.mcpbridge.relay.Relay;

/**
 * Two gateways that share a relay in memory.
 */
class LegacyReplicasServerTests extends LegacyReplicasContract {

	private final Relay shared = LegacyFront.memory();

	@Override
	Relay relay() {
		return this.shared;
	}

}
