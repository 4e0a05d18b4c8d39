package dev.mcpbridge.authorization;

import java.util.function.Supplier;

import dev.mcpbridge.secret.KeyRing;
import reactor.core.publisher.Mono;

/**
 * What clients call themselves, for operators who see identifiers only.
 */
public final class ClientNames {

	private final ClientRegistrations clients;

	/**
	 * Looks names up.
	 * @param keys the current key ring
	 */
	public ClientNames(Supplier<KeyRing> keys) {
		this.clients = new ClientRegistrations(keys);
	}

	/**
	 * Finds the name a client registered under.
	 * @param clientId its {@code client_id}
	 * @return the name, as the client chose it; empty if it has none or is not known
	 */
	public Mono<String> nameOf(String clientId) {
		return Mono.fromSupplier(() -> this.clients.find(clientId).map(RegisteredClient::name).orElse(null));
	}

}
