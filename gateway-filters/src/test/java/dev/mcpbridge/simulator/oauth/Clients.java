package dev.mcpbridge.simulator.oauth;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The registered clients, each until it expires.
 */
final class Clients {

	private final Map<String, Client> clients = new ConcurrentHashMap<>();

	private final AtomicInteger registrations = new AtomicInteger();

	private final InstantSource clock;

	private final OAuthSettings settings;

	private final RandomText random;

	Clients(InstantSource clock, OAuthSettings settings, RandomText random) {
		this.clock = clock;
		this.settings = settings;
		this.random = random;
	}

	Client register(String name, List<String> redirectUris, String authMethod) {
		String secret = authMethod.equals("none") ? null : this.random.next(32);
		Client client = new Client(this.random.next(16), secret, name, redirectUris, authMethod, this.clock.instant());
		this.clients.put(client.id(), client);
		this.registrations.incrementAndGet();
		return client;
	}

	Optional<Client> find(String id) {
		return Optional.ofNullable(this.clients.get(id))
			.filter((client) -> this.clock.instant().isBefore(client.since().plus(this.settings.clientLifetime())));
	}

	void forgetAll() {
		this.clients.clear();
	}

	int registrations() {
		return this.registrations.get();
	}

}
