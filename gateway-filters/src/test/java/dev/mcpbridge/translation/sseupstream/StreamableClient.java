package dev.mcpbridge.translation.sseupstream;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A streamable client that speaks HTTP and no more.
 */
final class StreamableClient {

	static final String BOTH = "application/json, text/event-stream";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI url;

	private final Map<String, String> headers;

	StreamableClient(URI url) {
		this(url, Map.of("Content-Type", "application/json", "Accept", BOTH));
	}

	private StreamableClient(URI url, Map<String, String> headers) {
		this.url = url;
		this.headers = headers;
	}

	/** The same client with another header. */
	StreamableClient with(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new StreamableClient(this.url, more);
	}

	StreamableClient at(URI replica) {
		return new StreamableClient(replica, this.headers);
	}

	StreamableClient in(String session) {
		return with("Mcp-Session-Id", session);
	}

	/** Begins a session and goes on in it. */
	StreamableClient initialized() {
		HttpResponse<String> answer = post(initialize());
		if (answer.statusCode() != 200) {
			throw new AssertionError("not initialized: %d %s".formatted(answer.statusCode(), answer.body()));
		}
		return in(session(answer));
	}

	static String initialize() {
		return """
				{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
				"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
	}

	static String request(String id, String method, String params) {
		return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}".formatted(id, method, params);
	}

	static String result(String id) {
		return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{}}".formatted(id);
	}

	static String session(HttpResponse<?> answer) {
		return answer.headers().firstValue("mcp-session-id").orElse("none");
	}

	String session() {
		return this.headers.getOrDefault("Mcp-Session-Id", "none");
	}

	HttpResponse<String> post(String body) {
		return send(request().POST(BodyPublishers.ofString(body)), BodyHandlers.ofString());
	}

	HttpResponse<String> send(String method) {
		return send(request().method(method, BodyPublishers.noBody()), BodyHandlers.ofString());
	}

	CompletableFuture<HttpResponse<String>> posting(String body) {
		return this.http.sendAsync(request().POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
	}

	Stream open(String body) {
		return new Stream(send(request().POST(BodyPublishers.ofString(body)), BodyHandlers.ofInputStream()));
	}

	Stream listen() {
		return new Stream(send(request().GET(), BodyHandlers.ofInputStream()));
	}

	private HttpRequest.Builder request() {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.url).timeout(PATIENCE);
		this.headers.forEach(request::header);
		return request;
	}

	private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
		try {
			return this.http.send(request.build(), body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A stream of events.
	 */
	static final class Stream implements AutoCloseable {

		private final HttpResponse<InputStream> response;

		private final BufferedReader lines;

		Stream(HttpResponse<InputStream> response) {
			this.response = response;
			this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
		}

		HttpResponse<InputStream> response() {
			return this.response;
		}

		/** The next event, or {@link Received#END}. */
		Received next() {
			List<String> fields = new ArrayList<>();
			try {
				for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
					if (line.isEmpty() && !fields.isEmpty()) {
						return Received.of(fields);
					}
					if (!line.isEmpty() && !line.startsWith(":")) {
						fields.add(line);
					}
				}
				return Received.END;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** The data of the next event. */
		String data() {
			return next().data();
		}

		/** Everything up to the end. */
		List<String> rest() {
			List<String> rest = new ArrayList<>();
			for (Received next = next(); next != Received.END; next = next()) {
				rest.add(next.data());
			}
			return rest;
		}

		@Override
		public void close() {
			try {
				this.response.body().close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * An event.
	 *
	 * @param id its id, empty if it has none
	 * @param data its data
	 */
	record Received(String id, String data) {

		static final Received END = new Received("", "the end");

		static Received of(List<String> fields) {
			return new Received(value(fields, "id"), value(fields, "data"));
		}

		private static String value(List<String> fields, String name) {
			return String.join("\n",
					fields.stream()
						.filter((field) -> field.startsWith(name + ":"))
						.map((field) -> field.substring(name.length() + 1).stripLeading())
						.toList());
		}

	}

}
