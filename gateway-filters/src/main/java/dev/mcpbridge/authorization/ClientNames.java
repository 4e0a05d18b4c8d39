package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.function.Supplier;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.store.BridgeStore;
import reactor.core.publisher.Mono;

/**
 * What clients call themselves, for operators who see identifiers only.
 */
public final class ClientNames {

	private final ClientRegistrations clients;

	/**
	 * Looks names up.
	 * @param keys the current key ring
	 * @param store where registrations outlive their key
	 */
	public ClientNames(Supplier<KeyRing> keys, BridgeStore store) {
		this.clients = new ClientRegistrations(keys, store, Duration.ZERO);
	}

	/**
	 * Finds the name a client registered under.
	 * @param clientId its {@code client_id}
	 * @return the name, as the client chose it; empty if it has none or is not known
	 */
	public Mono<String> nameOf(String clientId) {
		return this.clients.find(clientId).mapNotNull(RegisteredClient::name);
	}

}
