package dev.mcpbridge.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who asks over and over who they are, and goes on by the rules every client has
 * when it gets no answer: once more after a connection that was refused or cut, once more
 * after a 503 when its {@code Retry-After} is over, a new session after a 404. All else
 * is a complaint.
 */
abstract class Visitor implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
			"capabilities":{},"clientInfo":{"name":"visitor","version":"1"}}}""";

	static final String CALL = """
			{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"atlassianUserInfo","arguments":{}}}""";

	private static final int TOO_OFTEN = 50;

	/** What clients leave a server alone for that has refused or cut them. */
	private static final Duration PAUSE = Duration.ofMillis(200);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger retried = new AtomicInteger();

	private final AtomicInteger sessions = new AtomicInteger();

	private final AtomicInteger streams = new AtomicInteger();

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final CountDownLatch leaving = new CountDownLatch(1);

	private final Guest guest;

	Visitor(Guest guest) {
		this.guest = guest;
	}

	/** Begins, in threads of its own. */
	final void arrive() {
		begin("caller", this::callOverAndOver);
		begin("listener", this::listenOverAndOver);
	}

	/**
	 * Makes one attempt to get an answer.
	 * @param body the call
	 * @return the answer, or nothing if it is to be tried again
	 * @throws IOException if the connection was refused, or cut before the answer
	 */
	abstract Optional<String> attempt(String body) throws IOException, InterruptedException;

	/**
	 * Listens until the stream ends.
	 * @throws IOException if it was refused or cut
	 */
	abstract void listen() throws IOException, InterruptedException;

	private boolean isStaying() {
		return this.leaving.getCount() > 0;
	}

	/** Waits as long as a 503 asks for. */
	final boolean isDelayed(HttpResponse<?> response) throws InterruptedException {
		if (response.statusCode() != 503) {
			return false;
		}
		String seconds = response.headers().firstValue("retry-after").orElse("503 without Retry-After");
		this.leaving.await(Long.parseLong(seconds), TimeUnit.SECONDS);
		return true;
	}

	static void expect(int status, HttpResponse<?> response) {
		if (response.statusCode() != status) {
			throw new IllegalStateException("%d (expected: %d) %s".formatted(response.statusCode(), status,
					(response.body() instanceof String body) ? body : ""));
		}
	}

	final void streamOpened() {
		this.streams.incrementAndGet();
	}

	final void sessionOpened() {
		this.sessions.incrementAndGet();
	}

	final <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
			throws IOException, InterruptedException {
		return this.http.send(request.build(), handler);
	}

	final HttpRequest.Builder post(String path, String body) {
		return request(path).header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	final HttpRequest.Builder get(String path) {
		return request(path).header("Accept", "text/event-stream");
	}

	int answered() {
		return this.answered.get();
	}

	int retried() {
		return this.retried.get();
	}

	int sessions() {
		return this.sessions.get();
	}

	int streams() {
		return this.streams.get();
	}

	List<String> complaints() {
		return this.complaints;
	}

	@Override
	public void close() {
		this.leaving.countDown();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.guest.gateway().resolve(path))
			.timeout(PATIENCE)
			.header("Authorization", "Bearer " + this.guest.accessToken());
	}

	private void callOverAndOver() {
		try {
			for (int id = 1; isStaying(); id++) {
				String answer = answer(CALL.formatted(id));
				if (!answer.contains("\"id\":" + id + ",") || !answer.contains(this.guest.person())) {
					throw new IllegalStateException("somebody else's answer: " + answer);
				}
				this.answered.incrementAndGet();
			}
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			complain(ex);
		}
	}

	private String answer(String body) throws IOException, InterruptedException {
		for (int attempt = 0; attempt < TOO_OFTEN; attempt++) {
			try {
				Optional<String> answer = attempt(body);
				if (answer.isPresent()) {
					return answer.get();
				}
			}
			catch (HttpTimeoutException ex) {
				throw ex;
			}
			catch (IOException ex) {
				pause();
			}
			this.retried.incrementAndGet();
		}
		throw new IllegalStateException("no answer after " + TOO_OFTEN + " attempts");
	}

	private void listenOverAndOver() {
		while (isStaying()) {
			try {
				listenOrPause();
			}
			catch (InterruptedException | RuntimeException ex) {
				complain(ex);
				return;
			}
		}
	}

	private void listenOrPause() throws InterruptedException {
		try {
			listen();
		}
		catch (IOException | UncheckedIOException ex) {
			pause();
		}
	}

	private void pause() throws InterruptedException {
		this.leaving.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void complain(Exception ex) {
		if (isStaying()) {
			this.complaints.add(getClass().getSimpleName() + ": " + ex);
		}
	}

	private static void begin(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

}
