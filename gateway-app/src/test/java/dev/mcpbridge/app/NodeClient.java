package dev.mcpbridge.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The official TypeScript SDK in a process of Node, connected to one of the gateway's MCP
 * endpoints. It signs in by itself.
 */
final class NodeClient implements McpUser {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Process process;

	private final PrintWriter orders;

	private final AtomicInteger ids = new AtomicInteger();

	private final Map<Integer, CompletableFuture<String>> results = new ConcurrentHashMap<>();

	private final Map<String, BlockingQueue<String>> events = new ConcurrentHashMap<>();

	private NodeClient(Process process) {
		this.process = process;
		this.orders = new PrintWriter(process.outputWriter(), true);
		Thread listener = new Thread(this::listen, "node " + process.pid());
		listener.setDaemon(true);
		listener.start();
	}

	/**
	 * Connects with the SDK of the revisions that have sessions.
	 * @param endpoint the URL of the MCP endpoint
	 * @param transports {@code http} or {@code sse}, or both in the order to try them
	 * @return the connected client
	 */
	static NodeClient connect(URI endpoint, String... transports) {
		return connect("client.mjs", endpoint, transports);
	}

	/**
	 * Connects with the SDK that asks the server for its era first.
	 * @param endpoint the URL of the MCP endpoint
	 * @param transports as for {@link #connect}
	 * @return the connected client
	 */
	static NodeClient connectModern(URI endpoint, String... transports) {
		return connect("modern.mjs", endpoint, transports);
	}

	private static NodeClient connect(String script, URI endpoint, String... transports) {
		List<String> command = new ArrayList<>(List.of("node", script, endpoint.toString()));
		command.addAll(List.of(transports));
		try {
			NodeClient client = new NodeClient(new ProcessBuilder(command).directory(Npm.directory().toFile())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start());
			return client.signedIn();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private NodeClient signedIn() {
		try {
			CompletableFuture<String> connected = order("connect", Map.of());
			URI callback = Consent.allow(URI.create(next("open")));
			order("callback", Map.of("value", callback.toString()));
			await(connected);
			return this;
		}
		catch (RuntimeException ex) {
			this.orders.close();
			throw ex;
		}
	}

	/** Returns the transport it came to; with the other SDK, the era. */
	String connection() {
		return next("connected");
	}

	/** Waits until its subscription has ended, and tells how. */
	String endOfSubscription() {
		return next("unsubscribed");
	}

	@Override
	public List<String> tools() {
		return List.of(await(order("tools", Map.of())).split(" "));
	}

	@Override
	public String call(String tool, Map<String, Object> arguments) {
		return await(order("call", Map.of("tool", tool, "arguments", arguments)));
	}

	@Override
	public String callWithProgress(int steps) {
		return call("simulatorProgress", Map.of("steps", steps));
	}

	@Override
	public void cancelCall() {
		await(order("cancel", Map.of()));
	}

	@Override
	public double nextStep() {
		return Double.parseDouble(next("progress"));
	}

	@Override
	public void awaitToolChange() {
		next("tools");
	}

	@Override
	public String nextLog() {
		return next("log");
	}

	@Override
	public void close() {
		try {
			await(order("close", Map.of()));
		}
		finally {
			this.orders.close();
		}
	}

	private CompletableFuture<String> order(String what, Map<String, Object> details) {
		int id = this.ids.incrementAndGet();
		ObjectNode order = JSON.valueToTree(details);
		CompletableFuture<String> result = new CompletableFuture<>();
		this.results.put(id, result);
		this.orders.println(order.put("id", id).put("do", what));
		return result;
	}

	private static String await(CompletableFuture<String> result) {
		return result.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

	private String next(String event) {
		try {
			return Objects.requireNonNull(queue(event).poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), event);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private BlockingQueue<String> queue(String event) {
		return this.events.computeIfAbsent(event, (unseen) -> new LinkedBlockingQueue<>());
	}

	private void listen() {
		try (BufferedReader lines = this.process.inputReader()) {
			lines.lines().map(JSON::readTree).forEach(this::hear);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.results.values().forEach((result) -> result.completeExceptionally(new IllegalStateException("it ended")));
	}

	private void hear(JsonNode line) {
		if (line.has("event")) {
			queue(line.path("event").asString()).add(line.path("value").asString());
			return;
		}
		CompletableFuture<String> result = Objects.requireNonNull(this.results.remove(line.path("id").asInt()));
		if (line.has("error")) {
			result.completeExceptionally(new IllegalStateException(line.path("error").asString()));
		}
		else {
			result.complete(line.path("result").asString());
		}
	}

}
