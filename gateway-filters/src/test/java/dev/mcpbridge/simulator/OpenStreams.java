package dev.mcpbridge.simulator;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;

/**
 * The event streams being written now.
 */
final class OpenStreams {

	private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

	void add(Channel channel) {
		this.channels.add(channel);
	}

	void remove(Channel channel) {
		this.channels.remove(channel);
	}

	int count() {
		return this.channels.size();
	}

	/** Cuts every stream without a farewell; none is open any more. */
	void kill() {
		this.channels.forEach((channel) -> {
			channel.close();
			remove(channel);
		});
	}

}
