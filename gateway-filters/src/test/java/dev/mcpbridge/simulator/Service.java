package dev.mcpbridge.simulator;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.mcpbridge.simulator.mcp.McpServer;
import dev.mcpbridge.simulator.oauth.AuthorizationServer;
import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;

/**
 * Takes a request from the socket to the part that answers it, through faults and edge.
 */
final class Service {

	private final AuthorizationServer authorization;

	private final McpServer mcp;

	private final EdgeHeaders edge;

	private final Faults faults = new Faults();

	private final Traffic traffic = new Traffic();

	private final OpenStreams streams = new OpenStreams();

	private final CallsAtOnce atOnce = new CallsAtOnce();

	Service(AuthorizationServer authorization, McpServer mcp, EdgeHeaders edge) {
		this.authorization = authorization;
		this.mcp = mcp;
		this.edge = edge;
	}

	Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asString()
			.defaultIfEmpty("")
			.flatMap((body) -> serve(call(request, body), response));
	}

	AuthorizationServer authorization() {
		return this.authorization;
	}

	McpServer mcp() {
		return this.mcp;
	}

	Faults faults() {
		return this.faults;
	}

	Traffic traffic() {
		return this.traffic;
	}

	OpenStreams streams() {
		return this.streams;
	}

	CallsAtOnce atOnce() {
		return this.atOnce;
	}

	private Mono<Void> serve(Call call, HttpServerResponse response) {
		Endpoint endpoint = Endpoint.of(call.path());
		this.traffic.record(endpoint, call);
		Outlet outlet = new Outlet(call, response, this.edge, this.streams);
		return this.faults.take(endpoint).play(Mono.defer(() -> answer(endpoint, call)), outlet);
	}

	private Mono<Answer> answer(Endpoint endpoint, Call call) {
		if (call.method().equals("OPTIONS")) {
			return Mono.just(Answer.empty(204));
		}
		return switch (endpoint) {
			case DISCOVERY -> Mono.just(this.authorization.discovery(call));
			case REGISTER -> Mono.just(this.authorization.register(call));
			case AUTHORIZE -> Mono.just(this.authorization.authorize(call));
			case TOKEN -> Mono.just(this.authorization.token(call));
			case MCP -> this.authorization.guard(call,
					(person) -> this.atOnce.answer(call, person, () -> this.mcp.answer(call, person)));
		};
	}

	private static Call call(HttpServerRequest request, String body) {
		String uri = request.uri();
		int mark = uri.indexOf('?');
		String path = (mark < 0) ? uri : uri.substring(0, mark);
		return new Call(request.method().name(), path, (mark < 0) ? "" : uri.substring(mark + 1),
				request.requestHeaders(), body);
	}

}
