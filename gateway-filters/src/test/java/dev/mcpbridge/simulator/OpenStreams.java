package dev.mcpbridge.simulator;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import reactor.netty.Connection;

/**
 * The event streams being written now.
 */
final class OpenStreams {

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	void add(Connection connection) {
		this.connections.add(connection);
	}

	void remove(Connection connection) {
		this.connections.remove(connection);
	}

	int count() {
		return this.connections.size();
	}

	/** Cuts every stream without a farewell. */
	void kill() {
		this.connections.forEach((connection) -> connection.channel().close());
	}

}
