package dev.mcpbridge.fleet;

import java.net.URI;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;

/**
 * Somebody who logged in once, as nobody else did.
 *
 * @param gateway where
 * @param person whom the upstream knows
 * @param accessToken the bridge token
 */
record Guest(URI gateway, String person, String accessToken) {

	static Guest arriving(AtlassianSimulator atlassian, URI gateway) {
		String person = "%024x".formatted(atlassian.authorizations() + 1);
		atlassian.nextUser(person);
		return new Guest(gateway, person, TestClient.register(gateway).signIn().accessToken());
	}

}
