package dev.mcpbridge.translation.sseupstream;

import java.util.Objects;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcMessage;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.OwnRequest;
import dev.mcpbridge.translation.sseupstream.SseUpstreamSessions.OpenSession;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Flow;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Sends what clients post to the message endpoint of the upstream.
 * <p>
 * What was begun is brought to its end when the client leaves: that takes nothing back.
 * Some upstreams answer a message only when they are done with it, so nobody waits for
 * that alone.
 */
final class Sending {

	private final Flights flights;

	private final TranslationLimits limits;

	private final TranslationListener listener;

	Sending(Flights flights, TranslationLimits limits, TranslationListener listener) {
		this.flights = flights;
		this.limits = limits;
		this.listener = listener;
	}

	/**
	 * Sends a body.
	 * @param upstream the upstream
	 * @param session the session it is for
	 * @param body what the client posted
	 * @return when the upstream has taken it; a {@link NotTakenException} if it did not
	 */
	Mono<Void> send(UpstreamSide upstream, OpenSession session, JsonRpcBody body) {
		OwnRequest request = new OwnRequest(HttpMethod.POST, session.note().target(), Sending::asMessage,
				body.content());
		Mono<UpstreamReply> sent = this.flights.launch(
				(told) -> upstream
					.send(request,
							(answer) -> UpstreamReply.of(answer, this.limits.maxMessage())
								.doOnNext(told::tryEmitValue)
								.delayUntil((reply) -> settle(session, body, reply)))
					.timeout(this.limits.idle())
					.then());
		return sent.flatMap((reply) -> reply.isTaken() ? Mono.empty()
				: Mono.error(isLost(session, reply) ? Refusals.streamCut() : new NotTakenException(reply)));
	}

	/**
	 * An upstream that does not know its session may have been started anew: whoever
	 * holds ours begins one there, then. Whoever waits is told first.
	 */
	private Mono<Void> settle(OpenSession session, JsonRpcBody body, UpstreamReply reply) {
		if (reply.isTaken()) {
			return taken(session, body);
		}
		if (isLost(session, reply)) {
			return session.channel().leave(Topics.LOST, session.note().target()).then();
		}
		return reply.isSessionUnknown() ? session.channel().end(End.UPSTREAM_ENDED) : Mono.empty();
	}

	/** There is nothing to begin anew before the upstream has agreed to anything. */
	private static boolean isLost(OpenSession session, UpstreamReply reply) {
		return reply.isSessionUnknown() && !session.note().version().isEmpty();
	}

	private Mono<Void> taken(OpenSession session, JsonRpcBody body) {
		body.messages().forEach((message) -> this.listener.translated(Transport.SSE, Flow.TO_UPSTREAM));
		return Flux.fromIterable(body.messages())
			.filter((message) -> message.method().equals(JsonRpcMessage.CANCELLED) && message.requestId() != null)
			.map((message) -> Topics.cancelled(Objects.requireNonNull(message.requestId()).toString()))
			.concatMap((topic) -> session.channel().leave(topic, ""))
			.then();
	}

	/** Makes a request one that carries a message. */
	static void asMessage(HttpHeaders headers) {
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
		SessionHeaders.remove(headers);
	}

}
