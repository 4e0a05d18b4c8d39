package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.function.Supplier;

import dev.mcpbridge.oauth.RegisteredRedirectUri;
import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.MissingKeyException;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.SealedValues;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the client behind a {@code client_id}, which is the registration itself, sealed.
 * <p>
 * A {@code client_id} cannot be sealed again, since the client goes on using it. So that
 * it outlives its key, the registration of a client with a login is kept in the store as
 * soon as another key seals.
 */
final class ClientRegistrations {

	private static final String KIND = "client";

	private final SealedBox<RegisteredClient> box;

	private final BridgeStore store;

	private final SealedBox<RegisteredClient> keptBox;

	private final SealedValues<RegisteredClient> kept;

	private final Duration lifetime;

	/**
	 * Knows clients.
	 * @param keys the current key ring
	 * @param store where registrations outlive their key
	 * @param lifetime how long a login lasts that is not used
	 */
	ClientRegistrations(Supplier<KeyRing> keys, BridgeStore store, Duration lifetime) {
		this.box = new SealedBox<>(keys, "client-id", RegisteredClient.class);
		this.store = store;
		this.keptBox = new SealedBox<>(keys, KIND, RegisteredClient.class);
		this.kept = new SealedValues<>(store, KIND, this.keptBox);
		this.lifetime = lifetime;
	}

	String register(RegisteredClient client) {
		return this.box.seal(client);
	}

	Mono<RegisteredClient> find(@Nullable String clientId) {
		return Mono.defer(() -> Mono.justOrEmpty(this.box.open(clientId)))
			.switchIfEmpty(Mono.defer(() -> outlived(clientId)));
	}

	/**
	 * Lets a client outlive the key that sealed its identifier; to be called when it was
	 * given tokens. Keeping whoever registers would let anybody fill the store.
	 * @param clientId the client
	 * @return when it is kept; at once if its key is the current one
	 */
	Mono<Void> keep(String clientId) {
		return Mono.just(clientId)
			.filter((id) -> !this.box.isCurrent(id))
			.flatMap(this::find)
			.flatMap((client) -> this.store.put(key(clientId), this.keptBox.seal(client), this.lifetime));
	}

	/**
	 * Proves again what was proven before it travelled through a browser.
	 * @param requested what a client asked for
	 * @return the client and its redirect URI, or empty if our keys no longer know it
	 */
	Mono<ProvenClient> proven(RequestedAuthorization requested) {
		return find(requested.clientId()).flatMap(
				(client) -> Mono.justOrEmpty(RegisteredRedirectUri.match(requested.redirectUri(), client.redirectUris())
					.map((uri) -> new ProvenClient(requested.clientId(), client, uri, requested.state()))));
	}

	/** Only what a key of ours may have sealed is worth asking the store for. */
	private Mono<RegisteredClient> outlived(@Nullable String clientId) {
		if (clientId == null || !this.box.isOfMissingKey(clientId)) {
			return Mono.empty();
		}
		return this.store.find(key(clientId))
			.flatMap(this.kept::open)
			.onErrorResume(MissingKeyException.class, (missing) -> Mono.empty());
	}

	private static String key(String clientId) {
		return KIND + ':' + Fingerprint.of(clientId);
	}

}
