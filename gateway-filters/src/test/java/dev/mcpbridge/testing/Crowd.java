package dev.mcpbridge.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Many callers at once, each on a connection of its own.
 */
public final class Crowd implements AutoCloseable {

	/** Instead of a status: the connection ended without an answer. */
	public static final int NO_ANSWER = 0;

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

	private final AtomicInteger sent = new AtomicInteger();

	/** Its own: a gateway that stops takes the shared ones with it. */
	private final LoopResources loops = LoopResources.create("crowd", 2, true);

	private final ConnectionProvider connections = ConnectionProvider.builder("crowd")
		.maxConnections(5000)
		.pendingAcquireMaxCount(-1)
		.build();

	private final HttpClient http = HttpClient.create(this.connections)
		.runOn(this.loops)
		.responseTimeout(PATIENCE)
		.doAfterRequest((request, connection) -> this.sent.incrementAndGet());

	/**
	 * Sends one ping as each of them, and waits for the answers.
	 * @param callers who
	 * @return the HTTP statuses
	 */
	public List<Integer> ping(Collection<Caller> callers) {
		return begin(callers).join();
	}

	/**
	 * Sends pings as one caller, and waits for the answers.
	 * @param times how many
	 * @param caller who
	 * @return the HTTP statuses
	 */
	public List<Integer> ping(int times, Caller caller) {
		return ping(Collections.nCopies(times, caller));
	}

	/**
	 * Sends one ping as each of them, and does not wait.
	 * @param callers who
	 * @return the HTTP statuses once the last one is there
	 */
	public CompletableFuture<List<Integer>> begin(Collection<Caller> callers) {
		return Flux.fromIterable(callers)
			.flatMap(this::status, Math.max(1, callers.size()))
			.collectList()
			.timeout(PATIENCE.multipliedBy(2))
			.toFuture();
	}

	/**
	 * Counts requests that were written wholly.
	 * @return how many since it began
	 */
	public int sent() {
		return this.sent.get();
	}

	@Override
	public void close() {
		this.connections.dispose();
		this.loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
	}

	private Mono<Integer> status(Caller caller) {
		return this.http
			.headers((headers) -> headers.set("Authorization", "Bearer " + caller.accessToken())
				.set("Content-Type", "application/json")
				.set("Accept", "application/json, text/event-stream")
				.set("Mcp-Session-Id", caller.session()))
			.post()
			.uri(caller.endpoint().toString())
			.send(ByteBufFlux.fromString(Mono.just(PING)))
			.responseSingle(
					(response, body) -> body.asByteArray().then(Mono.fromSupplier(() -> response.status().code())))
			.onErrorReturn(NO_ANSWER);
	}

}
