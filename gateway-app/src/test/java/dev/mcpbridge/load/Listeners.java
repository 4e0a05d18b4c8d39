package dev.mcpbridge.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * People who listen, each to a stream of their own.
 */
final class Listeners implements AutoCloseable {

	private static final String COMMENT = ":";

	private final LoopResources loops = LoopResources.create("listeners", 1, true);

	private final ConnectionProvider connections = ConnectionProvider.builder("listeners")
		.maxConnections(20_000)
		.pendingAcquireMaxCount(-1)
		.build();

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	private final HttpClient http = HttpClient.create(this.connections).runOn(this.loops);

	/** Lets more of them listen. */
	void open(URI url, List<String> tokens) {
		this.listeners.addAll(tokens.stream().map((token) -> new Listener(this.http, url, token)).toList());
	}

	/** Counts the streams whose headers have come. */
	int opened() {
		return (int) this.listeners.stream().filter((listener) -> listener.opened.get() > 0).count();
	}

	/** Counts those that have ended, or never began, though nobody left. */
	int lost() {
		return (int) this.listeners.stream().filter((listener) -> listener.stream.isDisposed()).count();
	}

	/** Counts those that have heard a heartbeat. */
	int heard() {
		return (int) this.listeners.stream().filter((listener) -> listener.heard.get() > 0).count();
	}

	/** Lets all of them leave. */
	void leave() {
		this.listeners.forEach((listener) -> listener.stream.dispose());
		this.listeners.clear();
	}

	@Override
	public void close() {
		leave();
		this.connections.dispose();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(20)).block();
	}

	/** One of them. */
	private static final class Listener {

		private final AtomicInteger opened = new AtomicInteger();

		private final AtomicInteger heard = new AtomicInteger();

		private final Disposable stream;

		Listener(HttpClient http, URI url, String token) {
			this.stream = http
				.headers((headers) -> headers.set("Authorization", "Bearer " + token)
					.set("Accept", "text/event-stream")
					.set("MCP-Protocol-Version", "2025-06-18"))
				.get()
				.uri(url)
				.response((response, body) -> {
					if (response.status().code() == 200) {
						this.opened.incrementAndGet();
					}
					return body;
				})
				.map((buffer) -> buffer.toString(StandardCharsets.US_ASCII))
				.filter((text) -> text.startsWith(COMMENT) || text.contains("\n" + COMMENT))
				.subscribe((text) -> this.heard.incrementAndGet(), (failure) -> {
				});
		}

	}

}
