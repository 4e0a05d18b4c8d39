package dev.mcpbridge.access;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An upstream that refuses the tokens it is told to, and remembers what it read.
 */
final class PickyUpstream implements AutoCloseable {

	static final int ANSWER = 8 * 1024 * 1024;

	private final List<Seen> seen = new CopyOnWriteArrayList<>();

	private final AtomicInteger arrived = new AtomicInteger();

	private final AtomicLong received = new AtomicLong();

	private final DisposableServer server;

	private volatile Predicate<String> refuses = (token) -> false;

	private volatile boolean hasty;

	PickyUpstream() {
		this.server = HttpServer.create().host("localhost").port(0).handle(this::handle).bindNow();
	}

	URI url() {
		return URI.create("http://localhost:" + this.server.port());
	}

	/** Accepts everything, and forgets what it saw. */
	void reset() {
		this.refuses = (token) -> false;
		this.hasty = false;
		this.seen.clear();
		this.arrived.set(0);
		this.received.set(0);
	}

	PickyUpstream refuse(Predicate<String> tokens) {
		this.refuses = tokens;
		return this;
	}

	/** Refuses before it has read the body. */
	PickyUpstream hasty() {
		this.hasty = true;
		return this;
	}

	/** The requests answered, with the bodies read. */
	List<Seen> seen() {
		return this.seen;
	}

	/** How many requests have begun. */
	int arrived() {
		return this.arrived.get();
	}

	/** How many bytes of bodies came, of requests under way too. */
	long received() {
		return this.received.get();
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(5));
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		this.arrived.incrementAndGet();
		String token = request.requestHeaders().get("authorization", "").replace("Bearer ", "");
		boolean refused = this.refuses.test(token);
		if (refused && this.hasty) {
			this.seen.add(new Seen(request.uri(), token, ""));
			return refuse(response);
		}
		return request.receive()
			.asString(StandardCharsets.ISO_8859_1)
			.doOnNext((piece) -> this.received.addAndGet(piece.length()))
			.reduce("", String::concat)
			.flatMap((body) -> {
				this.seen.add(new Seen(request.uri(), token, body));
				return refused ? refuse(response) : accept(response);
			});
	}

	private static Mono<Void> refuse(HttpServerResponse response) {
		return response.status(401)
			.header("www-authenticate", "Bearer realm=\"theirs\"")
			.header("mcp-session-id", "of-the-refusal")
			.header("atl-traceid", "of-the-refusal")
			.header("content-language", "tlh")
			.header("content-type", "application/json")
			.sendString(Mono.just("{\"error\":\"invalid_token\",\"error_description\":\"theirs\"}"))
			.then();
	}

	private static Mono<Void> accept(HttpServerResponse response) {
		byte[] block = block();
		return response.header("content-type", "application/octet-stream")
			.header("atl-request-id", "of-the-answer")
			.sendByteArray(Flux.range(0, ANSWER / block.length).map((i) -> block))
			.then();
	}

	/** Every byte there is, again and again. */
	static byte[] block() {
		byte[] block = new byte[8192];
		for (int index = 0; index < block.length; index++) {
			block[index] = (byte) (index * 31);
		}
		return block;
	}

	/**
	 * A request it has answered.
	 *
	 * @param uri path and query
	 * @param token the bearer token
	 * @param body what was read of the body
	 */
	record Seen(String uri, String token, String body) {

	}

}
