package dev.mcpbridge.simulator.mcp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * The streamable HTTP transport: answers leave on the POST that asked.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP
 * 2025-11-25, transports</a>
 */
final class StreamableHttp {

	private static final String SESSION = "mcp-session-id";

	private static final String EVENTS = "text/event-stream";

	/** Clients of earlier revisions expect data in every event. */
	private static final String PRIMED = "2025-11-25";

	private final Protocol protocol;

	private final McpSettings settings;

	private final Sessions sessions = new Sessions();

	private final @Nullable EventLogs logs;

	StreamableHttp(Protocol protocol, McpSettings settings) {
		this.protocol = protocol;
		this.settings = settings;
		Transports transports = settings.transports();
		this.logs = (transports.history() > 0) ? new EventLogs(transports.history(), transports.retry()) : null;
	}

	Sessions sessions() {
		return this.sessions;
	}

	Mono<Answer> answer(Call call, String person) {
		if (!call.header("mcp-protocol-version").map(Protocol::knows).orElse(true)) {
			return Mono.just(Rpc.refusal(400, Rpc.INVALID_REQUEST, "Unsupported protocol version"));
		}
		return switch (call.method()) {
			case "POST" -> post(call, person);
			case "GET" -> within(call, (session) -> Mono.just(standing(call, session)));
			case "DELETE" -> within(call, (session) -> Mono.fromSupplier(() -> ended(session)));
			default -> Mono.just(Answer.empty(405).with("allow", "GET, POST, DELETE, OPTIONS"));
		};
	}

	private Mono<Answer> post(Call call, String person) {
		if (!call.accepts("application/json") && !call.accepts(EVENTS)) {
			return Mono.just(Rpc.refusal(406, Rpc.INVALID_REQUEST, "Not Acceptable"));
		}
		Optional<List<JsonNode>> messages = Json.parse(call.body())
			.map((body) -> body.isArray() ? body.valueStream().toList() : List.of(body));
		if (messages.isEmpty()) {
			return Mono.just(Rpc.refusal(400, Rpc.PARSE_ERROR, "Parse error"));
		}
		return messages.get().stream().anyMatch(Rpc::isInitialize)
				? answer(call, messages.get(), this.sessions.open(person))
				: within(call, (session) -> answer(call, messages.get(), session));
	}

	private Mono<Answer> within(Call call, Function<Session, Mono<Answer>> next) {
		if (call.header(SESSION).isEmpty()) {
			return Mono.just(Rpc.refusal(400, Rpc.INVALID_REQUEST, "Mcp-Session-Id header is required"));
		}
		return call.header(SESSION)
			.flatMap(this.sessions::find)
			.map(next)
			.orElseGet(() -> Mono.just(Rpc.refusal(404, Rpc.SESSION_NOT_FOUND, "Session not found")));
	}

	private Mono<Answer> answer(Call call, List<JsonNode> messages, Session session) {
		Flux<ObjectNode> answers = Flux.fromIterable(messages)
			.concatMap((message) -> this.protocol.answer(message, session));
		if (messages.stream().noneMatch(Rpc::isRequest)) {
			return answers.then(Mono.just(Answer.empty(202).with(SESSION, session.id())));
		}
		if (streams(call, messages)) {
			Flux<String> events = events(call, session, answers.map(Rpc::event).concatWith(lingering()));
			return Mono.just(Answer.events(events).with(SESSION, session.id()));
		}
		return answers.filter((message) -> message.has("id"))
			.collectList()
			.map((all) -> all.isEmpty() ? Answer.empty(202)
					: Answer.json(200, messages.size() == 1 ? all.get(0) : Json.array().addAll(all)))
			.map((answer) -> answer.with(SESSION, session.id()));
	}

	private Flux<String> events(Call call, Session session, Flux<String> events) {
		EventLogs logs = this.logs;
		boolean primed = call.header("mcp-protocol-version").filter(PRIMED::equals).isPresent();
		return (logs != null) ? logs.answer(session, events, primed) : events;
	}

	private boolean streams(Call call, List<JsonNode> messages) {
		if (!call.accepts(EVENTS)) {
			return false;
		}
		return this.settings.answers() == AnswerStyle.SSE || !call.accepts("application/json")
				|| messages.stream().anyMatch(this.protocol::reportsProgress);
	}

	private Flux<String> lingering() {
		Duration linger = this.settings.linger();
		return linger.isZero() ? Flux.empty() : Mono.delay(linger).thenMany(Flux.empty());
	}

	private Answer standing(Call call, Session session) {
		if (!call.accepts(EVENTS)) {
			return Rpc.refusal(406, Rpc.INVALID_REQUEST, "Not Acceptable");
		}
		return listening(call.header("last-event-id"), session)
			.map((events) -> Answer.events(events).with(SESSION, session.id()))
			.orElseGet(() -> Rpc.refusal(400, Rpc.INVALID_REQUEST, "Unknown event id"));
	}

	private Optional<Flux<String>> listening(Optional<String> lastEventId, Session session) {
		EventLogs logs = this.logs;
		if (logs == null) {
			return Optional.of(session.stream());
		}
		return lastEventId.isPresent() ? logs.resumed(session, lastEventId.get()) : Optional.of(logs.standing(session));
	}

	private Answer ended(Session session) {
		this.sessions.close(session.id());
		return Answer.empty(204);
	}

}
