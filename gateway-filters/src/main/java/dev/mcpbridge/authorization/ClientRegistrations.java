package dev.mcpbridge.authorization;

import java.util.Optional;
import java.util.function.Supplier;

import dev.mcpbridge.oauth.RegisteredRedirectUri;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind a {@code client_id}, which is the registration itself, sealed.
 */
final class ClientRegistrations {

	private final SealedBox<RegisteredClient> box;

	ClientRegistrations(Supplier<KeyRing> keys) {
		this.box = new SealedBox<>(keys, "client-id", RegisteredClient.class);
	}

	String register(RegisteredClient client) {
		return this.box.seal(client);
	}

	Optional<RegisteredClient> find(@Nullable String clientId) {
		return this.box.open(clientId);
	}

	/**
	 * Proves again what was proven before it travelled through a browser.
	 * @param requested what a client asked for
	 * @return the client and its redirect URI, or empty if our keys no longer know it
	 */
	Optional<ProvenClient> proven(RequestedAuthorization requested) {
		return find(requested.clientId())
			.flatMap((client) -> RegisteredRedirectUri.match(requested.redirectUri(), client.redirectUris())
				.map((uri) -> new ProvenClient(requested.clientId(), client, uri, requested.state())));
	}

}
