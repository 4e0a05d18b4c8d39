package dev.mcpbridge.translation.sseupstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.mcpbridge.translation.Accepted;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An upstream of HTTP+SSE that says on its streams what a test tells it to say.
 */
final class LegacyUpstream implements AutoCloseable {

	private static final String ENDPOINT = "event: endpoint\ndata: /v1/sse/message?sessionId=upstream\n\n";

	private static final String INITIALIZED = """
			{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{}}}""";

	private final List<Sinks.Many<String>> streams = new CopyOnWriteArrayList<>();

	private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();

	private final AtomicInteger open = new AtomicInteger();

	private final DisposableServer server;

	private volatile String endpoint = ENDPOINT;

	private volatile int streamStatus = 200;

	private volatile int messageStatus = 202;

	private volatile Mono<Void> messageHeld = Mono.empty();

	private volatile Function<String, @Nullable String> answers = LegacyUpstream::initialized;

	LegacyUpstream() {
		this.server = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle(this::answer)
			.bindNow(Duration.ofSeconds(10));
	}

	String url() {
		return "http://localhost:" + this.server.port();
	}

	/** Ends its streams, and opens no others. */
	void dismiss() {
		this.streamStatus = 403;
		endStreams();
	}

	/** Behaves as at first, and ends its streams. */
	void reset() {
		endStreams();
		this.streams.clear();
		this.posted.clear();
		this.opened.clear();
		this.endpoint = ENDPOINT;
		this.streamStatus = 200;
		this.messageStatus = 202;
		this.messageHeld = Mono.empty();
		this.answers = LegacyUpstream::initialized;
	}

	/** Begins its streams with other bytes. */
	LegacyUpstream beginning(String event) {
		this.endpoint = event;
		return this;
	}

	LegacyUpstream openingWith(int status) {
		this.streamStatus = status;
		return this;
	}

	LegacyUpstream takingWith(int status) {
		this.messageStatus = status;
		return this;
	}

	/** Answers a POST only when somebody says so. */
	LegacyUpstream holding(Mono<Void> release) {
		this.messageHeld = release;
		return this;
	}

	/** Says something on the stream for each message, before the POST is answered. */
	LegacyUpstream answering(Function<String, @Nullable String> answer) {
		this.answers = answer;
		return this;
	}

	/** Writes bytes on all its streams. */
	void write(String text) {
		this.streams.forEach((stream) -> stream.emitNext(text, patiently()));
	}

	void say(String message) {
		write("event: message\ndata: " + message.replace("\n", "\ndata: ") + "\n\n");
	}

	void endStreams() {
		this.streams.forEach((stream) -> stream.emitComplete(patiently()));
	}

	void breakStreams() {
		this.streams.forEach((stream) -> stream.emitError(new IllegalStateException("broken"), patiently()));
	}

	/** What is said on another thread right now is said first. */
	private static Sinks.EmitFailureHandler patiently() {
		return Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1));
	}

	int openStreams() {
		return this.open.get();
	}

	/** What was posted next. */
	String posted() throws InterruptedException {
		String next = this.posted.poll(20, TimeUnit.SECONDS);
		return (next != null) ? next : "nothing";
	}

	/** The headers of the next stream that was asked for. */
	String opened() throws InterruptedException {
		String next = this.opened.poll(20, TimeUnit.SECONDS);
		return (next != null) ? next : "nothing";
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(10));
	}

	private static @Nullable String initialized(String message) {
		return message.contains("\"initialize\"") ? INITIALIZED : null;
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.method().name().equals("GET") ? stream(request, response) : message(request, response);
	}

	private Publisher<Void> stream(HttpServerRequest request, HttpServerResponse response) {
		this.opened.add(request.requestHeaders().toString());
		if (this.streamStatus != 200) {
			return response.status(this.streamStatus).sendString(Mono.just("{\"error\":\"theirs\"}"));
		}
		Sinks.Many<String> stream = Sinks.many().unicast().onBackpressureBuffer();
		this.streams.add(stream);
		this.open.incrementAndGet();
		request.withConnection((connection) -> connection.onDispose(this.open::decrementAndGet));
		Flux<String> events = stream.asFlux().startWith(this.endpoint);
		return response.header("Content-Type", "text/event-stream")
			.keepAlive(false)
			.send(events.map((text) -> Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1)), (each) -> true);
	}

	private Publisher<Void> message(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
			this.posted.add(request.uri() + " " + body);
			String answer = (this.messageStatus == 202) ? this.answers.apply(body) : null;
			if (answer != null) {
				say(answer);
			}
			return this.messageHeld.then(Mono.defer(() -> response.status(this.messageStatus)
				.header("Content-Type", (this.messageStatus == 202) ? "text/event-stream" : "application/json")
				.sendString(Mono.just((this.messageStatus == 202) ? "Accepted" : "{\"error\":\"theirs\"}"))
				.then()));
		});
	}

}
