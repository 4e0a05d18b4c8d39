package dev.mcpbridge.translation.sseupstream;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.translation.OwnRequest;
import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpMethod;
import org.springframework.util.unit.DataSize;

/**
 * Begins a session at the upstream once more, as the client has begun it, on a stream
 * that takes the place of one that was cut. The client hears nothing of it.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2024-11-05/basic/lifecycle#initialization">MCP
 * 2024-11-05, initialization</a>
 */
final class Handshake {

	private static final byte[] INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"
		.getBytes(StandardCharsets.US_ASCII);

	private final Sinks.One<String> answer = Sinks.one();

	private final UpstreamSide upstream;

	private final JsonRpcBody initialize;

	private final DataSize limit;

	private volatile boolean over;

	/**
	 * Prepares to begin.
	 * @param upstream the upstream
	 * @param initialize what the client has posted
	 * @param limit how much of a refusal is read
	 */
	Handshake(UpstreamSide upstream, JsonRpcBody initialize, DataSize limit) {
		this.upstream = upstream;
		this.initialize = initialize;
		this.limit = limit;
	}

	/** Takes the answer to what it asks, which is for nobody else. */
	boolean takes(UpstreamMessage message) {
		String id = Objects.requireNonNull(this.initialize.messages().get(0).id()).toString();
		boolean mine = !this.over && message.topic().equals(Topics.answer(id));
		if (mine) {
			this.answer.tryEmitValue(message.content());
		}
		return mine;
	}

	/** Tells whether the session has begun. */
	boolean isOver() {
		return this.over;
	}

	/**
	 * Begins the session.
	 * @param target where the upstream takes messages
	 * @return when it has begun; a {@link NotTakenException} if the upstream does not
	 * take {@code initialize}, empty otherwise
	 */
	Mono<Boolean> at(String target) {
		return post(target, this.initialize.content())
			.flatMap((reply) -> reply.isTaken() ? this.answer.asMono() : Mono.error(new NotTakenException(reply)))
			.flatMap((content) -> isAgreed(content) ? post(target, INITIALIZED).thenReturn(true) : Mono.just(false))
			.doOnNext((agreed) -> this.over = agreed);
	}

	private Mono<UpstreamReply> post(String target, byte[] content) {
		OwnRequest request = new OwnRequest(HttpMethod.POST, target, Sending::asMessage, content);
		return this.upstream.sendLater(request, (reply) -> UpstreamReply.of(reply, this.limit));
	}

	private static boolean isAgreed(String answer) {
		return JsonRpcBody.of(answer.getBytes(StandardCharsets.UTF_8)).messages().get(0).protocolVersion().isPresent();
	}

}
