package dev.mcpbridge.simulator.mcp;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * The MCP server behind both transports.
 */
public final class McpServer {

	private final Transports transports;

	private final Calls calls = new Calls();

	private final Questions questions = new Questions();

	private final Tools tools;

	private final LegacySse legacy;

	private final StreamableHttp streamable;

	private final ModernHttp modern;

	/**
	 * Starts with an untouched site and no sessions.
	 * @param settings how to behave
	 */
	public McpServer(McpSettings settings) {
		this.tools = new Tools(settings);
		Protocol protocol = new Protocol(this.tools, this.calls, this.questions);
		this.transports = settings.transports();
		this.legacy = new LegacySse(protocol, settings.refusesInitialized());
		this.streamable = new StreamableHttp(protocol, settings);
		this.modern = new ModernHttp(protocol);
	}

	/**
	 * Answers an MCP request.
	 * @param call the request
	 * @param person who is behind its token
	 * @return the answer
	 */
	public Mono<Answer> answer(Call call, String person) {
		return switch (call.path()) {
			case "/v1/sse" -> onlyIf(this.transports.sse(), () -> Mono.just(this.legacy.stream(call, person)));
			case "/v1/sse/message" -> onlyIf(this.transports.sse(), () -> Mono.just(this.legacy.message(call)));
			case "/v1/mcp", "/v1/mcp/authv2", "/v2/mcp" ->
				onlyIf(this.transports.streamable(), () -> streamable(call, person));
			default -> Mono.just(Answer.notFound());
		};
	}

	/**
	 * Returns the tool calls.
	 * @return those at work, and counts of the others
	 */
	public Calls calls() {
		return this.calls;
	}

	/**
	 * Counts sessions that were opened and not ended.
	 * @return how many, of both transports
	 */
	public int sessions() {
		return this.legacy.sessions().count() + this.streamable.sessions().count();
	}

	/**
	 * Changes what is said of a tool, from now on.
	 * @param name the tool
	 * @param change what becomes of it
	 */
	public void changeTool(String name, Consumer<ObjectNode> change) {
		this.tools.change(name, change);
	}

	/** Tells every listening stream that the tools changed. */
	public void announceToolsChanged() {
		say(Rpc.notification("notifications/tools/list_changed", Json.object()));
	}

	/**
	 * Tells every listening stream what a server logs.
	 * @param text the text
	 */
	public void log(String text) {
		say(Rpc.notification("notifications/message", Json.object().put("level", "info").put("data", text)));
	}

	/**
	 * Asks every listening client something.
	 * @param method the method of the request, {@code ping} for instance
	 * @param params its parameters
	 * @return the id of the request
	 */
	public String ask(String method, ObjectNode params) {
		ObjectNode question = this.questions.ask(method, params);
		say(question);
		return question.path("id").asString();
	}

	/**
	 * Lists what clients answered to what they were asked.
	 * @return the JSON-RPC responses, oldest first
	 */
	public List<JsonNode> answers() {
		return this.questions.answers();
	}

	/** Forgets every session, as after a restart. */
	public void forgetSessions() {
		this.legacy.sessions().forgetAll();
		this.streamable.sessions().forgetAll();
		this.modern.subscriptions().forgetAll();
	}

	private Mono<Answer> streamable(Call call, String person) {
		return this.transports.modern() && ModernHttp.isMeant(call) ? this.modern.answer(call, person)
				: this.streamable.answer(call, person);
	}

	private void say(ObjectNode message) {
		String event = Rpc.event(message);
		this.legacy.sessions().sendAll(event);
		this.streamable.sessions().sendAll(event);
		this.modern.subscriptions().sendAll(event);
	}

	private static Mono<Answer> onlyIf(boolean served, Supplier<Mono<Answer>> answer) {
		return Mono.defer(() -> served ? answer.get() : Mono.just(Answer.notFound()));
	}

}
