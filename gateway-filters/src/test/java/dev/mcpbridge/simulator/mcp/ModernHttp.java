package dev.mcpbridge.simulator.mcp;

import java.util.UUID;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * Streamable HTTP without sessions: each POST says all there is to know, in its headers
 * too.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">MCP
 * 2026-07-28, streamable HTTP</a>
 */
final class ModernHttp {

	static final String VERSION = "2026-07-28";

	private static final String META = "io.modelcontextprotocol/";

	private final Protocol protocol;

	/** One for each {@code subscriptions/listen} that is open. */
	private final Sessions subscriptions = new Sessions();

	ModernHttp(Protocol protocol) {
		this.protocol = protocol;
	}

	/** Tells it from the revisions with sessions. */
	static boolean isMeant(Call call) {
		return call.header("mcp-protocol-version").filter((version) -> !Protocol.knows(version)).isPresent()
				|| call.body().contains('"' + META + "protocolVersion\"");
	}

	Sessions subscriptions() {
		return this.subscriptions;
	}

	Mono<Answer> answer(Call call, String person) {
		if (!call.method().equals("POST")) {
			return Mono.just(Answer.empty(405).with("allow", "POST, OPTIONS"));
		}
		return Json.parse(call.body())
			.map((message) -> MirroredHeaders.complaint(call, message)
				.map((complaint) -> refusal(400, message, Rpc.HEADER_MISMATCH, complaint))
				.orElseGet(() -> answer(call, message, person)))
			.orElseGet(() -> Mono.just(Rpc.refusal(400, Rpc.PARSE_ERROR, "Parse error")));
	}

	private Mono<Answer> answer(Call call, JsonNode message, String person) {
		String version = call.header("mcp-protocol-version").orElse("");
		if (!version.equals(VERSION)) {
			ObjectNode error = Rpc.error(id(message), Rpc.UNSUPPORTED_VERSION, "Unsupported protocol version");
			((ObjectNode) error.path("error")).putObject("data")
				.put("requested", version)
				.putArray("supported")
				.add(VERSION);
			return Mono.just(Answer.json(400, error));
		}
		if (!Rpc.isRequest(message)) {
			return Mono.just(Answer.empty(202));
		}
		return switch (message.path("method").asString("")) {
			case "server/discover" -> Mono.just(Answer.json(200, Rpc.result(id(message), discovered())));
			case "tools/list" -> answered(call, message, person, (result) -> cacheable(result));
			case "tools/call" -> answered(call, message, person, Function.identity());
			case "subscriptions/listen" -> Mono.fromSupplier(() -> subscribed(message, person));
			default -> refusal(404, message, Rpc.METHOD_NOT_FOUND, "Method not found");
		};
	}

	private Mono<Answer> answered(Call call, JsonNode message, String person, Function<ObjectNode, ObjectNode> more) {
		Flux<ObjectNode> answers = this.protocol.answer(message, new Session(UUID.randomUUID().toString(), person))
			.doOnNext((answer) -> answer.optional("result")
				.ifPresent((result) -> more.apply(((ObjectNode) result).put("resultType", "complete"))));
		return this.protocol.reportsProgress(message) && call.accepts("text/event-stream")
				? Mono.just(Answer.events(answers.map(Rpc::event)))
				: answers.filter((answer) -> answer.has("id")).single().map((answer) -> Answer.json(200, answer));
	}

	/** The session it opens is known here only, by nobody's header. */
	private Answer subscribed(JsonNode message, String person) {
		Session session = this.subscriptions.open(person);
		JsonNode filter = message.path("params").path("notifications");
		ObjectNode agreed = Json.object();
		if (filter.path("toolsListChanged").asBoolean(false)) {
			agreed.put("toolsListChanged", true);
		}
		ObjectNode acknowledged = Json.object().set("notifications", agreed);
		ObjectNode end = Json.object().put("resultType", "complete");
		Flux<String> events = session.stream()
			.filter((event) -> agreed.has("toolsListChanged") && event.contains("tools/list_changed"))
			.map((event) -> toolsChanged(message))
			.startWith(Rpc.event(
					Rpc.notification("notifications/subscriptions/acknowledged", subscription(message, acknowledged))))
			.concatWith(Mono.fromSupplier(() -> Rpc.event(Rpc.result(id(message), subscription(message, end)))))
			.doFinally((signal) -> this.subscriptions.close(session.id()));
		return Answer.events(events);
	}

	private static String toolsChanged(JsonNode message) {
		return Rpc.event(Rpc.notification("notifications/tools/list_changed", subscription(message, Json.object())));
	}

	private static ObjectNode subscription(JsonNode message, ObjectNode params) {
		params.putObject("_meta").set(META + "subscriptionId", id(message));
		return params;
	}

	private static ObjectNode discovered() {
		ObjectNode result = cacheable(Json.object().put("resultType", "complete"));
		result.putArray("supportedVersions").add(VERSION);
		result.putObject("capabilities").putObject("tools").put("listChanged", true);
		result.putObject("_meta")
			.putObject(META + "serverInfo")
			.put("name", "atlassian-mcp-server")
			.put("version", "1.0.0");
		return result;
	}

	private static ObjectNode cacheable(ObjectNode result) {
		return result.put("ttlMs", 0).put("cacheScope", "private");
	}

	private static Mono<Answer> refusal(int status, JsonNode message, int code, String text) {
		return Mono.just(Answer.json(status, Rpc.error(id(message), code, text)));
	}

	private static JsonNode id(JsonNode message) {
		return message.has("id") ? message.path("id") : NullNode.getInstance();
	}

}
