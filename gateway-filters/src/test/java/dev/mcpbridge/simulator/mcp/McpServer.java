package dev.mcpbridge.simulator.mcp;

import reactor.core.publisher.Mono;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * The MCP server behind both transports.
 */
public final class McpServer {

	private final LegacySse legacy;

	private final StreamableHttp streamable;

	/**
	 * Starts with an untouched site and no sessions.
	 * @param settings how to behave
	 */
	public McpServer(McpSettings settings) {
		Protocol protocol = new Protocol(new Tools(settings));
		this.legacy = new LegacySse(protocol, settings.refusesInitialized());
		this.streamable = new StreamableHttp(protocol, settings);
	}

	/**
	 * Answers an MCP request.
	 * @param call the request
	 * @param person who is behind its token
	 * @return the answer
	 */
	public Mono<Answer> answer(Call call, String person) {
		return switch (call.path()) {
			case "/v1/sse" -> Mono.fromSupplier(() -> this.legacy.stream(call, person));
			case "/v1/sse/message" -> Mono.fromSupplier(() -> this.legacy.message(call));
			case "/v1/mcp", "/v1/mcp/authv2", "/v2/mcp" -> this.streamable.answer(call, person);
			default -> Mono.just(Answer.notFound());
		};
	}

	/** Tells every listening stream that the tools changed. */
	public void announceToolsChanged() {
		String event = Rpc.event(Rpc.notification("notifications/tools/list_changed", Json.object()));
		this.legacy.sessions().sendAll(event);
		this.streamable.sessions().sendAll(event);
	}

	/** Forgets every session, as after a restart. */
	public void forgetSessions() {
		this.legacy.sessions().forgetAll();
		this.streamable.sessions().forgetAll();
	}

}
