package dev.mcpbridge.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What stands before a gateway, and does to its traffic what such things do.
 */
final class Ingress implements AutoCloseable {

	private final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);

	private final AtomicInteger turn = new AtomicInteger();

	private final DisposableServer server;

	private volatile @Nullable URI backend;

	private volatile @Nullable URI other;

	Ingress() {
		this.server = HttpServer.create()
			.host("localhost")
			.port(0)
			.httpRequestDecoder((spec) -> spec.maxHeaderSize(64 * 1024).maxInitialLineLength(64 * 1024))
			.handle(this::handle)
			.bindNow();
	}

	URI url() {
		return URI.create("http://localhost:" + this.server.port());
	}

	void to(URI backend) {
		this.backend = backend;
	}

	/** Every second request goes to another replica. */
	void and(@Nullable URI other) {
		this.other = other;
	}

	void have(Flaw... flaws) {
		this.flaws.clear();
		this.flaws.addAll(Set.of(flaws));
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(5));
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		if (this.flaws.contains(Flaw.NOBODY_BEHIND)) {
			return response.status(503).send();
		}
		if (this.flaws.contains(Flaw.SHORT_HEADERS)
				&& request.requestHeaders().get("authorization", "").length() > 8 * 1024) {
			return response.status(400).send();
		}
		if (this.flaws.contains(Flaw.SHORT_REQUEST_LINE) && request.uri().length() > 8 * 1024) {
			return response.status(414).send();
		}
		return client(request).request(request.method())
			.uri(target() + request.uri())
			.send(request.receive().aggregate().retain())
			.response((answer, content) -> {
				response.status(answer.status());
				copy(answer.responseHeaders(), response.responseHeaders());
				return response.send(body(content), (buffer) -> true);
			})
			.then();
	}

	private HttpClient client(HttpServerRequest request) {
		return HttpClient.newConnection().headers((headers) -> {
			headers.add(request.requestHeaders());
			headers.remove("connection");
			if (this.flaws.contains(Flaw.OTHER_HOST)) {
				headers.set("host", "gateway.internal");
			}
		});
	}

	private String target() {
		URI second = this.other;
		return String.valueOf((second != null && this.turn.getAndIncrement() % 2 == 1) ? second : this.backend);
	}

	private Flux<ByteBuf> body(ByteBufFlux content) {
		return this.flaws.contains(Flaw.BUFFERING) ? content.aggregate().retain().flux().cast(ByteBuf.class)
				: content.retain();
	}

	private void copy(HttpHeaders from, HttpHeaders to) {
		to.set(from);
		to.remove("connection");
		if (this.flaws.contains(Flaw.DOUBLED_CORS)) {
			to.add("access-control-allow-origin", "*");
		}
		if (this.flaws.contains(Flaw.NO_EXPOSED_HEADERS)) {
			to.remove("access-control-expose-headers");
		}
		if (this.flaws.contains(Flaw.OWN_CHALLENGE) && to.contains("www-authenticate")) {
			to.add("www-authenticate", "Basic realm=\"company\"");
		}
		if (this.flaws.contains(Flaw.NO_CHALLENGE)) {
			to.remove("www-authenticate");
		}
	}

	/** What goes wrong. */
	enum Flaw {

		NOBODY_BEHIND, SHORT_HEADERS, SHORT_REQUEST_LINE, OTHER_HOST, BUFFERING, DOUBLED_CORS, NO_EXPOSED_HEADERS,
		OWN_CHALLENGE, NO_CHALLENGE

	}

}
