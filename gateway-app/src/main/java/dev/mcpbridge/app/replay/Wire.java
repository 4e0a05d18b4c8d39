package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
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

/**
 * Sends requests, each within a time.
 */
final class Wire {

	private static final int LARGEST = 16 * 1024 * 1024;

	private final HttpClient http;

	private final Duration patience;

	Wire(HttpClient http, Duration patience) {
		this.http = http;
		this.patience = patience;
	}

	Duration patience() {
		return this.patience;
	}

	/**
	 * Sends a request.
	 * @param method the HTTP method
	 * @param url where to
	 * @param headers its headers
	 * @param body its body, or {@code null}
	 * @return the answer, its body still to be read
	 * @throws IOException if none came; a {@link ConnectException} if nobody is there
	 */
	HttpResponse<InputStream> send(String method, URI url, Map<String, String> headers, @Nullable String body)
			throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(url)
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		headers.forEach(request::header);
		return within(this.http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
	}

	/** Reads the rest of an answer, if it ends in time. */
	String whole(HttpResponse<InputStream> answer) throws IOException {
		try (InputStream body = answer.body()) {
			return within(CompletableFuture.supplyAsync(() -> read(body)));
		}
	}

	private static String read(InputStream body) {
		try {
			return new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
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
			throw new IOException("no answer within %d s".formatted(this.patience.toSeconds()));
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof ConnectException) {
				throw new ConnectException("cannot be reached");
			}
			throw new IOException((cause != null) ? cause.getClass().getSimpleName() : "unknown");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted");
		}
	}

}
