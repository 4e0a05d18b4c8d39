package dev.mcpbridge.translation.sseclients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of HTTP+SSE that knows nothing else.
 */
final class LegacyClient implements AutoCloseable {

	static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05",\
			"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

	static final String INITIALIZED = """
			{"jsonrpc":"2.0","method":"notifications/initialized"}""";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final String END = "the end";

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final URI gateway;

	private final String token;

	private final InputStream stream;

	private final String endpoint;

	private LegacyClient(URI gateway, String token, InputStream stream) {
		this.gateway = gateway;
		this.token = token;
		this.stream = stream;
		Thread reader = new Thread(this::read, "legacy-client");
		reader.setDaemon(true);
		reader.start();
		String first = event();
		if (!first.startsWith("endpoint=")) {
			throw new AssertionError(first);
		}
		this.endpoint = first.substring("endpoint=".length());
	}

	/**
	 * Opens a stream.
	 * @param gateway where to
	 * @param token the access token, which nobody looks at where there is no gate
	 * @return the client, its endpoint known
	 */
	static LegacyClient open(URI gateway, String token) {
		HttpResponse<InputStream> answer = send(
				request(gateway.resolve("/sse"), token).header("Accept", "text/event-stream").GET(),
				BodyHandlers.ofInputStream());
		if (answer.statusCode() != 200) {
			throw new AssertionError(answer.statusCode());
		}
		return new LegacyClient(gateway, token, answer.body());
	}

	static HttpRequest.Builder request(URI url, String token) {
		return HttpRequest.newBuilder(url).timeout(PATIENCE).header("Authorization", "Bearer " + token);
	}

	static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
		try {
			return HTTP.send(request.build(), body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Where messages go. */
	String endpoint() {
		return this.endpoint;
	}

	/** Posts a message. */
	HttpResponse<String> post(String message) {
		return postAt(this.gateway, message);
	}

	/** Posts a message at another replica. */
	HttpResponse<String> postAt(URI replica, String message) {
		return send(request(replica.resolve(this.endpoint), this.token).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(message)), BodyHandlers.ofString());
	}

	/** Begins to post a message, and may leave before it is accepted. */
	CompletableFuture<HttpResponse<String>> begin(String message) {
		return HTTP.sendAsync(
				request(this.gateway.resolve(this.endpoint), this.token).POST(BodyPublishers.ofString(message)).build(),
				BodyHandlers.ofString());
	}

	/** Begins a session, as every client does. */
	JsonNode initialize() {
		post(INITIALIZE);
		JsonNode answer = next();
		post(INITIALIZED);
		return answer;
	}

	/** Waits for the next message. */
	JsonNode next() {
		String event = event();
		if (!event.startsWith("message=")) {
			throw new AssertionError(event);
		}
		return JsonMapper.shared().readTree(event.substring("message=".length()));
	}

	/** Waits for the end of the stream; fails if another event comes first. */
	void awaitEnd() {
		String event = event();
		if (!event.equals(END)) {
			throw new AssertionError(event);
		}
	}

	@Override
	public void close() {
		try {
			this.stream.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String event() {
		try {
			String event = this.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			if (event == null) {
				throw new AssertionError("nothing came");
			}
			return event;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.stream, StandardCharsets.UTF_8))) {
			String name = "";
			StringBuilder data = new StringBuilder();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("event: ")) {
					name = line.substring(7);
				}
				else if (line.startsWith("data: ")) {
					data.append(line.substring(6)).append('\n');
				}
				else if (line.isEmpty() && !data.isEmpty()) {
					this.events.add(name + "=" + data.toString().strip());
					data.setLength(0);
				}
			}
			this.events.add(END);
		}
		catch (IOException ex) {
			this.events.add("broken");
		}
	}

}
