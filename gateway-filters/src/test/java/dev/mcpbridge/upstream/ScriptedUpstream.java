package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A real server on a free port that answers as it was told, and remembers what it was
 * asked. What it was not told about is 404.
 */
final class ScriptedUpstream implements AutoCloseable {

	static final Instant NOW = Instant.parse("2026-08-22T12:00:00Z");

	static final URI CALLBACK = URI.create("http://localhost:8080/oauth/callback");

	private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	ScriptedUpstream() {
		this.server = HttpServer.create().host("localhost").port(0).handle(this::handle).bindNow();
	}

	/** The answers at a path, one after another; the last one stays. */
	ScriptedUpstream at(String path, Answer... answers) {
		this.script.put(path, new ArrayDeque<>(List.of(answers)));
		return this;
	}

	/** A JSON document in which {@code @} stands for this server's origin. */
	ScriptedUpstream publishes(String path, String json) {
		return at(path, Answer.json(200, json.replace("@", url().toString())));
	}

	URI url() {
		return URI.create("http://localhost:" + this.server.port());
	}

	List<Asked> asked() {
		return this.asked;
	}

	List<String> askedPaths() {
		return this.asked.stream().map(Asked::path).toList();
	}

	UpstreamSettings settings(UpstreamProfile profile) {
		return settings(profile, Duration.ofSeconds(5));
	}

	UpstreamSettings settings(UpstreamProfile profile, Duration answerTimeout) {
		UpstreamSettings plain = UpstreamSettings.of(profile, url(), CALLBACK);
		return new UpstreamSettings(profile, url(), plain.mcpPath(), plain.ssePath(), plain.issuers(), plain.scopes(),
				plain.registration(), CALLBACK, plain.clientName(), false,
				new UpstreamSettings.Limits(Duration.ofSeconds(5), answerTimeout, DataSize.ofKilobytes(8),
						Duration.ofHours(1), Duration.ofMinutes(55)));
	}

	static UpstreamHttp http(UpstreamSettings settings) {
		return new UpstreamHttp(HttpClient.create(), settings.limits(), () -> NOW);
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
			this.asked.add(new Asked(request.method().name(), request.uri(), request.requestHeaders().copy(), body));
			return Mono.from(next(request.uri()).send(response));
		});
	}

	private Answer next(String path) {
		Deque<Answer> answers = this.script.get(path);
		if (answers == null) {
			return new Answer(404, "text/plain", "404 Not Found", Map.of(), Ending.WHOLE);
		}
		return (answers.size() > 1) ? answers.remove() : answers.element();
	}

	/** How an answer ends. */
	enum Ending {

		WHOLE, LATE, CUT_OFF, HUNG_UP, NEVER

	}

	/**
	 * What was asked.
	 *
	 * @param method the HTTP method
	 * @param path the path and query
	 * @param headers the headers
	 * @param body the body as it came
	 */
	record Asked(String method, String path, HttpHeaders headers, String body) {

		@Nullable String header(String name) {
			return this.headers.get(name);
		}

	}

	/**
	 * What to answer.
	 *
	 * @param status the HTTP status
	 * @param type the content type
	 * @param body the body
	 * @param headers further headers
	 * @param ending how it ends
	 */
	record Answer(int status, String type, String body, Map<String, String> headers, Ending ending) {

		static Answer json(int status, String body) {
			return new Answer(status, "application/json", body, Map.of(), Ending.WHOLE);
		}

		static Answer html(int status) {
			return new Answer(status, "text/html; charset=utf-8", "<!doctype html><h1>We'll be back</h1>", Map.of(),
					Ending.WHOLE);
		}

		static Answer silence() {
			return new Answer(200, "application/json", "", Map.of(), Ending.NEVER);
		}

		Answer with(String header, String value) {
			return new Answer(this.status, this.type, this.body, Map.of(header, value), this.ending);
		}

		Answer late() {
			return new Answer(this.status, this.type, this.body, this.headers, Ending.LATE);
		}

		Answer cutOff() {
			return new Answer(this.status, this.type, this.body, Map.of("Content-Length", "4000"), Ending.CUT_OFF);
		}

		Answer hungUp() {
			return new Answer(this.status, this.type, this.body, this.headers, Ending.HUNG_UP);
		}

		/** Without lingering, the other side sees a reset and not an end. */
		private static void reset(Connection connection) {
			connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			connection.channel().close();
		}

		private Publisher<Void> send(HttpServerResponse response) {
			response.status(this.status).header("Content-Type", this.type);
			this.headers.forEach(response::header);
			return switch (this.ending) {
				case WHOLE -> response.sendString(Mono.just(this.body));
				case LATE -> response.sendString(Mono.just(this.body).delayElement(Duration.ofMillis(300)));
				case NEVER -> Mono.never();
				case HUNG_UP -> Mono.fromRunnable(() -> response.withConnection(Answer::reset));
				case CUT_OFF -> response.sendString(Mono.just(this.body))
					.then(Mono.fromRunnable(() -> response.withConnection(Connection::dispose)));
			};
		}

	}

}
