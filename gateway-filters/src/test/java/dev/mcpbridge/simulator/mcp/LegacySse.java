package dev.mcpbridge.simulator.mcp;

import java.util.List;

import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * The HTTP+SSE transport: answers leave on the stream, whoever posted and whether or not
 * it is still read.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2024-11-05/basic/transports">MCP
 * 2024-11-05, transports</a>
 */
final class LegacySse {

	private final Protocol protocol;

	private final boolean refusesInitialized;

	private final Sessions sessions = new Sessions();

	LegacySse(Protocol protocol, boolean refusesInitialized) {
		this.protocol = protocol;
		this.refusesInitialized = refusesInitialized;
	}

	Sessions sessions() {
		return this.sessions;
	}

	Answer stream(Call call, String person) {
		if (!call.method().equals("GET")) {
			return Answer.notFound();
		}
		Session session = this.sessions.open(person);
		String endpoint = Answer.event("endpoint", "/v1/sse/message?sessionId=" + session.id());
		return Answer.events(session.stream().startWith(endpoint));
	}

	Answer message(Call call) {
		List<String> ids = call.parameters().getOrDefault("sessionId", List.of());
		if (ids.isEmpty()) {
			return Rpc.refusal(400, Rpc.INVALID_REQUEST, "Missing sessionId");
		}
		return this.sessions.find(ids.get(0))
			.map((session) -> Json.parse(call.body())
				.map((message) -> accepted(session, message))
				.orElseGet(() -> Rpc.refusal(400, Rpc.PARSE_ERROR, "Parse error")))
			.orElseGet(() -> Rpc.refusal(404, Rpc.SESSION_NOT_FOUND, "Session not found"));
	}

	private Answer accepted(Session session, JsonNode body) {
		Flux.fromIterable(body.isArray() ? body : List.of(body))
			.flatMap((message) -> answer(message, session))
			.subscribe((answer) -> session.send(Rpc.event(answer)));
		return Answer.text(202, "text/event-stream", "Accepted");
	}

	private Flux<ObjectNode> answer(JsonNode message, Session session) {
		boolean initialized = message.path("method").asString("").equals("notifications/initialized");
		return (initialized && this.refusesInitialized)
				? Flux.just(Rpc.error(NullNode.getInstance(), Rpc.METHOD_NOT_FOUND, "Method not found"))
				: this.protocol.answer(message, session);
	}

}
