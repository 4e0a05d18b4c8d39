package dev.mcpbridge.boards;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.mcpbridge.testing.TestClient;

/**
 * Somebody who works with tools all day, listens to a stream meanwhile, and does what
 * clients do when an answer is not the right one: refresh, and log in again.
 */
final class Worker {

	private static final String STREAM = "text/event-stream";

	private static final List<String> WORK = List.of("""
			{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"atlassianUserInfo","arguments":{}}}""", """
			{"jsonrpc":"2.0","id":%d,"method":"tools/list","params":{}}""",
			"""
					{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"simulatorSlow","arguments":{"millis":400}}}""",
			"""
					{"jsonrpc":"2.0","id":%d,"method":"ping"}""", """
					{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"simulatorProgress",\
					"arguments":{"steps":5,"intervalMillis":100},"_meta":{"progressToken":"p"}}}""");

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AtomicInteger steps = new AtomicInteger();

	private final URI gateway;

	private TestClient client;

	private TestClient.Tokens tokens;

	private String session = "";

	Worker(URI gateway) {
		this.gateway = gateway;
		this.client = TestClient.register(gateway);
		this.tokens = this.client.signIn();
	}

	/** Does one thing, and mends what is in its way. Who has a session listens to it. */
	synchronized void step() {
		int step = this.steps.incrementAndGet();
		HttpResponse<String> answer = this.session.isEmpty() ? begin()
				: call("/mcp", WORK.get(step % WORK.size()).formatted(step));
		if (answer.statusCode() == 401) {
			renew();
		}
		else if (answer.statusCode() == 404) {
			this.session = "";
		}
		if (step % 25 == 0) {
			renew();
		}
	}

	/** Opens a stream of its session, or of HTTP+SSE, and says something there. */
	synchronized void listen(String path) {
		HttpRequest request = HttpRequest.newBuilder(this.gateway.resolve(path))
			.headers("Authorization", "Bearer " + this.tokens.accessToken(), "Accept", STREAM)
			.header("Mcp-Session-Id", this.session)
			.build();
		CompletableFuture<HttpResponse<Stream<String>>> opened = this.http.sendAsync(request, BodyHandlers.ofLines());
		opened.thenAcceptAsync((response) -> converse(response.body().iterator()), Worker::begin);
	}

	/** Logs out. */
	synchronized void leave() {
		this.client.browser()
			.post(this.gateway.resolve("/revoke"),
					Map.of("client_id", this.client.clientId(), "token", this.tokens.refreshToken()));
	}

	/** Presents a refresh token twice, as clients do that lose an answer. */
	synchronized void renewTwice() {
		String before = this.tokens.refreshToken();
		renew();
		this.client.refresh(before);
	}

	/** Says something in a session of somebody's choice. */
	synchronized HttpResponse<String> intrude(String session) {
		return this.client.call("/mcp", this.tokens.accessToken(), WORK.get(0).formatted(1), "Mcp-Session-Id", session);
	}

	/** Comes with a token that is none. */
	HttpResponse<String> stumble(String token) {
		return this.client.initialize(token);
	}

	String session() {
		return this.session;
	}

	/** A stream keeps the thread that reads it. */
	private static void begin(Runnable reading) {
		Thread thread = new Thread(reading, "reader");
		thread.setDaemon(true);
		thread.start();
	}

	private HttpResponse<String> begin() {
		HttpResponse<String> answer = this.client.initialize(this.tokens.accessToken());
		this.session = answer.headers().firstValue("mcp-session-id").orElse("");
		if (!this.session.isEmpty()) {
			listen("/mcp");
		}
		return answer;
	}

	private HttpResponse<String> call(String path, String body) {
		return this.client.call(path, this.tokens.accessToken(), body, "Mcp-Session-Id", this.session);
	}

	private void renew() {
		HttpResponse<String> answer = this.client.refresh(this.tokens.refreshToken());
		if (answer.statusCode() == 200) {
			this.tokens = TestClient.tokens(answer);
		}
		else if (answer.statusCode() < 500) {
			this.client = TestClient.register(this.gateway);
			this.tokens = this.client.signIn();
			this.session = "";
		}
	}

	/** Posts where the first event of HTTP+SSE says, and reads on. */
	private void converse(Iterator<String> lines) {
		while (lines.hasNext()) {
			String line = lines.next();
			if (line.startsWith("data: /")) {
				this.client.call(line.substring("data: ".length()), this.tokens.accessToken(),
						WORK.get(3).formatted(1));
			}
		}
	}

}
