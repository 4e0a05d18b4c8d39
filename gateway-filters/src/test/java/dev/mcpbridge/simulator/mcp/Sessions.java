package dev.mcpbridge.simulator.mcp;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The sessions of one transport.
 */
final class Sessions {

	private final Map<String, Session> sessions = new ConcurrentHashMap<>();

	Session open(String person) {
		Session session = new Session(UUID.randomUUID().toString().replace("-", ""), person);
		this.sessions.put(session.id(), session);
		return session;
	}

	int count() {
		return this.sessions.size();
	}

	Optional<Session> find(String id) {
		return Optional.ofNullable(this.sessions.get(id));
	}

	void close(String id) {
		@Nullable Session session = this.sessions.remove(id);
		if (session != null) {
			session.end();
		}
	}

	void forgetAll() {
		this.sessions.keySet().forEach(this::close);
	}

	void sendAll(String event) {
		this.sessions.values().forEach((session) -> session.send(event));
	}

}
