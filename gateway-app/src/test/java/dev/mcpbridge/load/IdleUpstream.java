package dev.mcpbridge.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * An upstream whose streams are opened and stay silent, which nginx has no words for.
 */
final class IdleUpstream implements AutoCloseable {

	private static final byte[] ANSWER = Answers.json(1500).getBytes(StandardCharsets.UTF_8);

	/**
	 * A bare gateway keeps the headers of a stream until there is something after them.
	 */
	private static final String FIRST = "event: message\ndata: {}\n\n";

	private final LoopResources loops = LoopResources.create("upstream", 1, true);

	private final AtomicInteger open = new AtomicInteger();

	private final DisposableServer server;

	private final URI url;

	private IdleUpstream(Optional<Certificate> certificate) {
		HttpServer http = HttpServer.create().host("localhost").port(0).runOn(this.loops).handle(this::answer);
		this.server = certificate.map((shown) -> shown.on(http)).orElse(http).bindNow();
		this.url = URI
			.create("%s://localhost:%d".formatted(certificate.isPresent() ? "https" : "http", this.server.port()));
	}

	/**
	 * Starts one.
	 * @param certificate what it shows, if it speaks TLS
	 */
	static IdleUpstream start(Optional<Certificate> certificate) {
		return new IdleUpstream(certificate);
	}

	URI url() {
		return this.url;
	}

	/** Counts the streams that are open. */
	int open() {
		return this.open.get();
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(20));
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(20)).block();
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		if (request.method().name().equals("POST")) {
			return request.receive()
				.then(response.header("Content-Type", "application/json").sendByteArray(Mono.just(ANSWER)).then());
		}
		this.open.incrementAndGet();
		request.withConnection((connection) -> connection.onDispose(this.open::decrementAndGet));
		Flux<ByteBuf> events = Flux.<ByteBuf>just(Unpooled.copiedBuffer(FIRST, StandardCharsets.US_ASCII))
			.concatWith(Flux.never());
		return response.header("Content-Type", "text/event-stream").send(events, (event) -> true);
	}

}
