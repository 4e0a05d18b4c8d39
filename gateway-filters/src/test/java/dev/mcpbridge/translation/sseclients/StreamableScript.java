package dev.mcpbridge.translation.sseclients;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A streamable upstream that answers as a test wants, and remembers what it was asked.
 */
final class StreamableScript implements AutoCloseable {

	static final String SESSION = "the-session-of-the-upstream";

	final List<Asked> asked = new CopyOnWriteArrayList<>();

	final AtomicInteger open = new AtomicInteger();

	volatile BiFunction<Asked, HttpServerResponse, Publisher<Void>> post = StreamableScript::result;

	volatile BiFunction<Asked, HttpServerResponse, Publisher<Void>> get = (asked, response) -> response.status(405)
		.send();

	volatile BiFunction<Asked, HttpServerResponse, Publisher<Void>> initialize = (asked,
			response) -> initialized(response);

	volatile Mono<Void> beforeBeginning = Mono.empty();

	private final DisposableServer server = HttpServer.create()
		.host("localhost")
		.port(0)
		.handle((request, response) -> request.receive()
			.aggregate()
			.asString()
			.defaultIfEmpty("")
			.flatMap((body) -> Mono
				.from(answer(new Asked(request.method().name(), request.requestHeaders().copy(), body), response))))
		.bindNow(Duration.ofSeconds(10));

	URI url() {
		return URI.create("http://localhost:" + this.server.port());
	}

	/** Behaves again. */
	void reset() {
		this.asked.clear();
		this.beforeBeginning = Mono.empty();
		this.initialize = (asked, response) -> initialized(response);
		this.post = StreamableScript::result;
		this.get = (asked, response) -> response.status(405).send();
	}

	List<Asked> asked(String method) {
		return this.asked.stream().filter((one) -> one.method().equals(method)).toList();
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(10));
	}

	private Publisher<Void> answer(Asked asked, HttpServerResponse response) {
		this.asked.add(asked);
		this.open.incrementAndGet();
		Publisher<Void> answer = switch (asked.method()) {
			case "POST" -> asked.body().contains("\"initialize\"")
					? this.beforeBeginning.then(Mono.defer(() -> Mono.from(this.initialize.apply(asked, response))))
					: this.post.apply(asked, response);
			case "GET" -> this.get.apply(asked, response);
			default -> response.status(204).send();
		};
		return Mono.from(answer).doFinally((signal) -> this.open.decrementAndGet());
	}

	static Publisher<Void> initialized(HttpServerResponse response) {
		return json(response.header("Mcp-Session-Id", SESSION), 200,
				"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
	}

	/** Answers id 2 at once. */
	static Publisher<Void> result(Asked asked, HttpServerResponse response) {
		return asked.body().contains("\"id\"") ? json(response, 200, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}")
				: response.status(202).send();
	}

	static Publisher<Void> json(HttpServerResponse response, int status, String body) {
		return response.status(status).header("Content-Type", "application/json").sendString(Mono.just(body));
	}

	/** Sends pieces of a stream, each by itself, and ends as they do. */
	static Publisher<Void> events(HttpServerResponse response, Flux<String> pieces) {
		Flux<ByteBuf> bytes = pieces.map((piece) -> Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
		return response.header("Content-Type", "text/event-stream").sendHeaders().send(bytes, (buffer) -> true);
	}

	/** Sends pieces of a stream and then cuts the connection. */
	static Publisher<Void> cut(HttpServerResponse response, String... pieces) {
		return events(response, Flux.just(pieces).concatWith(Mono.error(new IllegalStateException("cut"))));
	}

	/**
	 * What was asked.
	 *
	 * @param method the method
	 * @param headers the headers
	 * @param body the body
	 */
	record Asked(String method, HttpHeaders headers, String body) {

		String header(String name) {
			String value = this.headers.get(name);
			return (value != null) ? value : "";
		}

	}

}
