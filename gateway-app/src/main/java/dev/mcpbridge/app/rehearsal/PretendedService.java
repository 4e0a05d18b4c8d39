package dev.mcpbridge.app.rehearsal;

import java.net.URI;
import java.util.Map;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of an upstream as a rehearsal needs: it registers, gives tokens to whoever
 * asks, and answers every message.
 */
final class PretendedService implements AutoCloseable {

	/** In the form of the opaque generation: person, grant, secret. */
	private static final String TOKEN = "000000000000000000000000:0000000000000000:00000000000000000000000000000000";

	private static final String JSON = "application/json";

	private final DisposableServer server;

	private PretendedService(DisposableServer server) {
		this.server = server;
	}

	static PretendedService start() {
		return new PretendedService(HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes.get("/.well-known/oauth-authorization-server", PretendedService::metadata)
				.post("/register",
						(request, response) -> answer(response.status(201), Map.of("client_id", "pretended")))
				.post("/token",
						(request, response) -> answer(response,
								Map.of("access_token", TOKEN, "token_type", "bearer", "expires_in", 3300,
										"refresh_token", TOKEN)))
				.post("/v1/mcp", PretendedService::message)
				.get("/v1/mcp", (request, response) -> response.sse()
					.sendString(Mono.just("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n"))))
			.bindNow());
	}

	URI url() {
		return URI.create("http://localhost:" + this.server.port());
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	private static Publisher<Void> metadata(HttpServerRequest request, HttpServerResponse response) {
		String url = "http://" + request.requestHeaders().get("Host");
		return answer(response,
				Map.of("issuer", url, "authorization_endpoint", url + "/authorize", "token_endpoint", url + "/token",
						"registration_endpoint", url + "/register", "response_types_supported", new String[] { "code" },
						"code_challenge_methods_supported", new String[] { "S256" }));
	}

	/** As JSON, or as an event for who has a session: upstreams do both. */
	private static Publisher<Void> message(HttpServerRequest request, HttpServerResponse response) {
		String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
		return request.receive()
			.aggregate()
			.then(Mono.from(request.requestHeaders().contains("Mcp-Session-Id")
					? response.sse().sendString(Mono.just("event: message\ndata: %s\n\n".formatted(answer)))
					: response.header("Content-Type", JSON)
						.header("Mcp-Session-Id", "pretended")
						.sendString(Mono.just(answer))));
	}

	private static Publisher<Void> answer(HttpServerResponse response, Map<String, Object> json) {
		return response.header("Content-Type", JSON)
			.sendString(Mono.just(JsonMapper.shared().writeValueAsString(json)));
	}

}
