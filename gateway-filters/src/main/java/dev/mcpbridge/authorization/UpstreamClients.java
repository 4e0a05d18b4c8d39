package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import dev.mcpbridge.refresh.LostClients;
import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.MissingKeyException;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.SealedValues;
import dev.mcpbridge.store.StoredValue;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamRegistrar;
import dev.mcpbridge.upstream.UpstreamServer;
import reactor.core.publisher.Mono;

/**
 * Chooses who we are at the upstream.
 * <p>
 * By default every login registers a client of its own: Atlassian may end a person's
 * other grants when the same client is authorized again.
 */
final class UpstreamClients {

	private static final String KIND = "upstream-client";

	/**
	 * Atlassian forgets clients after about 90 days, and says so on its own page, where
	 * we do not hear of it: a shared client is used for new logins for a week only.
	 */
	private static final Duration LIFETIME = Duration.ofDays(7);

	private final UpstreamRegistrar registrar;

	private final BridgeStore store;

	private final SealedBox<UpstreamClient> box;

	private final SealedValues<UpstreamClient> values;

	private final LostClients lost;

	private final boolean perClient;

	private final InstantSource clock;

	UpstreamClients(UpstreamRegistrar registrar, BridgeStore store, Supplier<KeyRing> keys, boolean perClient,
			InstantSource clock) {
		this.registrar = registrar;
		this.store = store;
		this.box = new SealedBox<>(keys, KIND, UpstreamClient.class);
		this.values = new SealedValues<>(store, KIND, this.box);
		this.lost = new LostClients(store);
		this.perClient = perClient;
		this.clock = clock;
	}

	Mono<UpstreamClient> clientFor(UpstreamServer server, String clientId) {
		return this.perClient ? shared(server, key(server.issuer(), clientId)) : this.registrar.register(server);
	}

	/**
	 * Drops a client the upstream no longer knows, so that the next login registers.
	 * @param client the client
	 * @param clientId the client of ours it was registered for
	 * @return when it is dropped
	 */
	Mono<Void> forget(UpstreamClient client, String clientId) {
		return this.store.take(key(client.issuer(), clientId)).then();
	}

	private Mono<UpstreamClient> shared(UpstreamServer server, String key) {
		return this.store.find(key)
			.flatMap(this.values::open)
			.onErrorResume(MissingKeyException.class, (missing) -> Mono.empty())
			.filter(this::isUsable)
			.filterWhen((client) -> this.lost.contain(client).map((lost) -> !lost))
			.switchIfEmpty(Mono.defer(() -> this.registrar.register(server).flatMap((client) -> keep(key, client))));
	}

	/** Of two logins at once, the second keeps what the first registered. */
	private Mono<UpstreamClient> keep(String key, UpstreamClient client) {
		return this.store.find(key)
			.map(StoredValue::generation)
			.defaultIfEmpty(0L)
			.flatMap((generation) -> this.store.replace(key, generation, this.box.seal(client), LIFETIME))
			.thenReturn(client);
	}

	private boolean isUsable(UpstreamClient client) {
		Instant end = client.expiresAt();
		return end == null || end.isAfter(this.clock.instant().plus(Duration.ofHours(1)));
	}

	private static String key(String issuer, String clientId) {
		return KIND + ':' + Fingerprint.of(issuer, clientId);
	}

}
