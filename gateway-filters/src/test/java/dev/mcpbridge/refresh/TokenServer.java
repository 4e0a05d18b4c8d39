package dev.mcpbridge.refresh;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A token endpoint on a free port that answers as it was told last.
 */
final class TokenServer implements AutoCloseable {

	private final AtomicInteger requests = new AtomicInteger();

	private final DisposableServer server;

	private volatile Function<String, Mono<Reply>> answers = (form) -> Mono.empty();

	TokenServer() {
		this.server = HttpServer.create().host("localhost").port(0).handle(this::handle).bindNow();
	}

	/** Answers from now on, given the form that was sent. */
	void answer(Function<String, Mono<Reply>> answers) {
		this.answers = answers;
	}

	void answer(Reply reply) {
		answer((form) -> Mono.just(reply));
	}

	int requests() {
		return this.requests.get();
	}

	URI url() {
		return URI.create("http://localhost:" + this.server.port() + "/v1/token");
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asString()
			.doOnNext((form) -> this.requests.incrementAndGet())
			.flatMap((form) -> this.answers.apply(form))
			.flatMap((reply) -> reply.send(response));
	}

	/**
	 * What is answered.
	 *
	 * @param status the HTTP status
	 * @param headers more headers
	 * @param body the body
	 * @param whole whether all of the body is sent
	 */
	record Reply(int status, Map<String, String> headers, String body, boolean whole) {

		static Reply json(int status, String body) {
			return new Reply(status, Map.of("content-type", "application/json"), body, true);
		}

		static Reply tokens(String accessToken, String refreshToken) {
			return json(200,
					"{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":3300}"
						.formatted(accessToken, refreshToken));
		}

		static Reply error(int status, String code) {
			return json(status, "{\"error\":\"%s\"}".formatted(code));
		}

		Reply with(String header, String value) {
			return new Reply(this.status, Map.of(header, value), this.body, this.whole);
		}

		Reply cut() {
			return new Reply(this.status, this.headers, this.body, false);
		}

		Mono<Void> send(HttpServerResponse response) {
			this.headers.forEach(response::header);
			response.status(this.status).header("content-length", String.valueOf(this.body.length()));
			if (this.whole) {
				return response.sendString(Mono.just(this.body)).then();
			}
			return response.sendString(Mono.just(this.body.substring(0, this.body.length() / 2)))
				.then()
				.doFinally((signal) -> response.withConnection((connection) -> connection.channel().close()));
		}

	}

}
