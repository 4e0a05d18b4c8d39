package dev.mcpbridge.policy;

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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A session of the old transport: messages are posted, and answered on its stream.
 */
final class LegacySession implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String token;

	private final InputStream stream;

	private final BufferedReader lines;

	private final URI endpoint;

	LegacySession(URI url, String token) {
		this.token = token;
		try {
			this.stream = HTTP
				.send(HttpRequest.newBuilder(url)
					.header("Authorization", "Bearer " + token)
					.header("Accept", "text/event-stream")
					.build(), BodyHandlers.ofInputStream())
				.body();
			this.lines = new BufferedReader(new InputStreamReader(this.stream, StandardCharsets.UTF_8));
			this.endpoint = url.resolve(data());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	HttpResponse<String> post(String message) {
		return post(this.endpoint, message);
	}

	HttpResponse<String> post(URI endpoint, String message) {
		try {
			return HTTP.send(HttpRequest.newBuilder(endpoint)
				.header("Authorization", "Bearer " + this.token)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(message))
				.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	URI endpoint() {
		return this.endpoint;
	}

	/** Waits for the next event. */
	JsonNode next() {
		return JsonMapper.shared().readTree(data());
	}

	private String data() {
		try {
			StringBuilder data = new StringBuilder();
			String line = this.lines.readLine();
			while (line != null && (!line.isEmpty() || data.isEmpty())) {
				data.append(line.startsWith("data:") ? line.substring("data:".length()).strip() : "");
				line = this.lines.readLine();
			}
			return data.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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

}
