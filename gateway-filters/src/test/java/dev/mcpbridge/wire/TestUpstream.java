package dev.mcpbridge.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An upstream whose answers a test writes.
 */
public final class TestUpstream implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	public TestUpstream(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer) {
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle((request, response) -> {
			this.received.add(new Received(request.method().name(), request.uri(), request.requestHeaders().copy()));
			return answer.apply(request, response);
		}).bindNow(Duration.ofSeconds(10));
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	public List<Received> received() {
		return this.received;
	}

	public Received last() {
		return this.received.get(this.received.size() - 1);
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(10));
	}

	/**
	 * A request as the upstream saw it.
	 *
	 * @param method the method
	 * @param uri path and query
	 * @param headers the headers
	 */
	public record Received(String method, String uri, HttpHeaders headers) {
	}

}
