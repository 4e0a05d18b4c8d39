package dev.mcpbridge.translation.sseclients;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcMessage;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.EventReader;
import dev.mcpbridge.translation.UpstreamAnswer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

/**
 * The messages that begin a session on behalf of a client that believes it has one.
 * <p>
 * What the client can do is not known any more, so the upstream is told that it can do
 * nothing more than ask.
 *
 * @param delivery takes what the upstream says besides
 * @param limit how large a message may be
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#initialization">MCP
 * 2025-11-25, initialization</a>
 */
record OwnInitialize(Delivery delivery, DataSize limit) {

	/** Ends the beginning. */
	static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"" + JsonRpcMessage.INITIALIZED + "\"}";

	private static final List<String> WITH_SESSIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

	private static final String NAME = "mcp-bridge-gateway";

	/**
	 * Tells the revision a client speaks.
	 * @param headers the headers of its request
	 * @return the revision it names, if that is one with sessions; the first otherwise,
	 * whose clients name none
	 */
	static String version(HttpHeaders headers) {
		String version = headers.getFirst("MCP-Protocol-Version");
		return (version != null && WITH_SESSIONS.contains(version)) ? version : WITH_SESSIONS.get(0);
	}

	/** The request. */
	static byte[] request(String version) {
		Map<String, Object> params = Map.of("protocolVersion", version, "capabilities", Map.of(), "clientInfo",
				Map.of("name", NAME, "version", gatewayVersion()));
		return JsonMapper.shared()
			.writeValueAsBytes(
					Map.of("jsonrpc", "2.0", "id", NAME, "method", JsonRpcMessage.INITIALIZE, "params", params));
	}

	static byte[] initialized() {
		return INITIALIZED.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Reads up to the answer, which the client does not get.
	 * @param answer the upstream's answer, a success
	 * @return the messages among which it is, none if it broke off or cannot be read
	 */
	Flux<JsonRpcMessage> read(UpstreamAnswer answer) {
		Flux<JsonRpcMessage> messages = answer.isEvents()
				? EventReader.over(answer.body(), this.limit).filter(Event::isMessage).concatMap(this::heard)
				: JsonRpcBody.read(answer.body(), this.limit).flatMapIterable(JsonRpcBody::messages);
		return messages.onErrorComplete();
	}

	private Flux<JsonRpcMessage> heard(Event event) {
		List<JsonRpcMessage> messages = this.delivery.messages(event.data());
		boolean answers = messages.stream().anyMatch((message) -> message.kind() == JsonRpcMessage.Kind.RESPONSE);
		return (answers || messages.isEmpty()) ? Flux.fromIterable(messages)
				: this.delivery.leave(event.data()).thenMany(Flux.empty());
	}

	private static String gatewayVersion() {
		@Nullable String version = OwnInitialize.class.getPackage().getImplementationVersion();
		return Objects.requireNonNullElse(version, "0");
	}

}
