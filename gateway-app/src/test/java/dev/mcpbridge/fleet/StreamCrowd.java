package dev.mcpbridge.fleet;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Many clients that each listen to a stream of their own.
 */
final class StreamCrowd implements AutoCloseable {

	private static final String COMMENT = ": keep-alive";

	private final LoopResources loops = LoopResources.create("listeners", 2, true);

	private final ConnectionProvider connections = ConnectionProvider.builder("listeners")
		.maxConnections(5000)
		.pendingAcquireMaxCount(-1)
		.build();

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	private final HttpClient http = HttpClient.create(this.connections).runOn(this.loops);

	/** Opens more streams. */
	void open(int count, URI url, String accessToken) {
		HttpClient client = this.http.headers(
				(headers) -> headers.set("Authorization", "Bearer " + accessToken).set("Accept", "text/event-stream"));
		IntStream.range(0, count).forEach((index) -> this.listeners.add(new Listener(client, url)));
	}

	/** Leaves the oldest ones, all at once. */
	void leave(int count) {
		List<Listener> leaving = List.copyOf(this.listeners.subList(0, count));
		this.listeners.removeAll(leaving);
		leaving.forEach((listener) -> listener.stream.dispose());
	}

	/** Counts those that were opened and have ended, though nobody left them. */
	int lost() {
		return (int) this.listeners.stream().filter((listener) -> listener.stream.isDisposed()).count();
	}

	/** Returns how many heartbeats everybody has heard at least. */
	int heartbeats() {
		return this.listeners.stream().mapToInt((listener) -> listener.heartbeats.get()).min().orElse(0);
	}

	@Override
	public void close() {
		leave(this.listeners.size());
		this.connections.dispose();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(20)).block();
	}

	/** One client. */
	private static final class Listener {

		private final AtomicInteger heartbeats = new AtomicInteger();

		private final Disposable stream;

		Listener(HttpClient client, URI url) {
			this.stream = client.get()
				.uri(url)
				.responseContent()
				.asString()
				.filter((text) -> text.contains(COMMENT))
				.subscribe((text) -> this.heartbeats.incrementAndGet(), (failure) -> {
				});
		}

	}

}
