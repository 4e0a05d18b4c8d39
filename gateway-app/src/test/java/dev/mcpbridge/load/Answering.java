package dev.mcpbridge.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.awaitility.Awaitility;

/** Waits for a process to serve. */
final class Answering {

	static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private Answering() {
	}

	/**
	 * Waits until a call is answered with 200.
	 * @param process what is to answer
	 * @param url where
	 * @param token what to show
	 */
	static void await(Process process, URI url, String token) {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			if (!process.isAlive()) {
				throw new IllegalStateException("%s: ended with %d".formatted(url, process.exitValue()));
			}
			return status(url, token) == 200;
		});
	}

	private static int status(URI url, String token) throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(url)
			.timeout(Duration.ofSeconds(20))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(Wrk.BODY))
			.build();
		try {
			return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
