package dev.mcpbridge.app.probe.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests, and reads answers within a time and a size.
 */
public final class Wire {

	static final int LARGEST_BODY = 4 * 1024 * 1024;

	private final HttpClient http;

	private final Duration patience;

	/**
	 * Creates it.
	 * @param http the client to send with
	 * @param patience how long an answer may take, from the first packet to the last
	 */
	public Wire(HttpClient http, Duration patience) {
		this.http = http;
		this.patience = patience;
	}

	Duration patience() {
		return this.patience;
	}

	/**
	 * Fetches a document.
	 * @param address where it is
	 * @return the answer, whatever its status
	 * @throws IOException if none came; its message says why, and nothing else
	 */
	public Document get(URI address) throws IOException {
		HttpResponse<InputStream> answer = send(request(address, Map.of()).header("Accept", "application/json").GET());
		return new Document(answer.statusCode(), whole(answer));
	}

	HttpResponse<InputStream> post(URI address, Map<String, String> headers, JsonNode message) throws IOException {
		return send(request(address, headers).header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(message.toString())));
	}

	HttpResponse<InputStream> listen(URI address, Map<String, String> headers) throws IOException {
		return send(request(address, headers).header("Accept", "text/event-stream").GET());
	}

	void delete(URI address, Map<String, String> headers) throws IOException {
		whole(send(request(address, headers).DELETE()));
	}

	/** Reads the rest of an answer. */
	String whole(HttpResponse<InputStream> answer) throws IOException {
		try (InputStream body = answer.body()) {
			return within(CompletableFuture.supplyAsync(() -> read(body)));
		}
	}

	Reply.Refusal refusal(HttpResponse<InputStream> answer) throws IOException {
		return new Reply.Refusal(answer.statusCode(), header(answer, "WWW-Authenticate"), contentType(answer),
				whole(answer));
	}

	static boolean isSuccess(HttpResponse<?> answer) {
		return answer.statusCode() >= 200 && answer.statusCode() < 300;
	}

	static boolean isEvents(HttpResponse<?> answer) {
		return contentType(answer).startsWith("text/event-stream");
	}

	static @Nullable String header(HttpResponse<?> answer, String name) {
		return answer.headers().firstValue(name).orElse(null);
	}

	private static String contentType(HttpResponse<?> answer) {
		return answer.headers().firstValue("Content-Type").orElse("");
	}

	private static HttpRequest.Builder request(URI address, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(address);
		headers.forEach(request::header);
		return request;
	}

	private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
		return within(this.http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
	}

	private static String read(InputStream body) {
		try {
			return new String(body.readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "";
		}
	}

	/** An exception of the client may quote what it sent; its kind says enough. */
	private <T> T within(CompletableFuture<T> future) throws IOException {
		try {
			return future.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			future.cancel(true);
			throw new IOException("no answer within " + this.patience.toSeconds() + " s");
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw new IOException((cause != null) ? cause.getClass().getSimpleName() : "unknown");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted");
		}
	}

	/**
	 * A document that was fetched.
	 *
	 * @param status the HTTP status
	 * @param body the body
	 */
	public record Document(int status, String body) {
	}

}
