package dev.mcpbridge.translation.sseclients;

import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.MirroredHeaders;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.OwnRequest;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Flow;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Takes the messages of clients of HTTP+SSE, at any replica, and sends them upstream.
 * <p>
 * A message is accepted when the upstream has begun to answer it. From then on it does
 * not matter whether the client's request is still there, only whether its stream is.
 */
final class ClientPosts {

	private final Relay relay;

	private final Flights flights;

	private final TranslationLimits limits;

	private final SecureRandom random;

	private final TranslationListener listener;

	private final Beginnings beginnings;

	/** How many messages of a session are on their way at this process. */
	private final ConcurrentMap<String, Integer> waiting = new ConcurrentHashMap<>();

	ClientPosts(Relay relay, Flights flights, TranslationLimits limits, SecureRandom random,
			TranslationListener listener) {
		this.relay = relay;
		this.flights = flights;
		this.limits = limits;
		this.random = random;
		this.listener = listener;
		this.beginnings = new Beginnings(flights, limits, listener);
	}

	/**
	 * Takes a message.
	 * @param side the client's request, and where the upstream is
	 * @return when the client is told what becomes of it
	 */
	Mono<Void> take(UpstreamSide side) {
		ServerWebExchange exchange = side.client();
		String session = exchange.getRequest().getQueryParams().getFirst(OwnRequest.SESSION_PARAMETER);
		if (session == null || session.isEmpty()) {
			return Mono.error(TurnedAwayException.noSession());
		}
		return Mono.justOrEmpty(ClientChannel.of(this.relay, session))
			.flatMap((channel) -> channel.known().flatMap((known) -> take(channel, known, side)))
			.switchIfEmpty(Mono.error(TurnedAwayException::unknownSession))
			.flatMap((answer) -> answer.write(exchange.getResponse()));
	}

	private Mono<PostAnswer> take(ClientChannel channel, StreamableSession known, UpstreamSide side) {
		return JsonRpcBody.read(side.client().getRequest().getBody(), this.limits.maxMessage())
			.doOnNext((body) -> MirroredHeaders.compare(side.client().getRequest().getHeaders(), body))
			.flatMap((body) -> bounded(channel, (told) -> this.beginnings.send(channel, known, side, body,
					(begun) -> send(begun, channel, side, body, told))));
	}

	private Mono<PostAnswer> bounded(ClientChannel channel, Function<Sinks.One<PostAnswer>, Mono<Void>> sending) {
		if (this.waiting.merge(channel.session(), 1, Integer::sum) > this.limits.maxWaiting()) {
			leave(channel);
			return Mono.error(TurnedAwayException.tooMany(HttpStatus.TOO_MANY_REQUESTS, "requests"));
		}
		return this.flights.<PostAnswer>launch((told) -> sending.apply(told).doFinally((signal) -> leave(channel)))
			.doOnNext((answer) -> this.listener.translated(Transport.STREAMABLE, Flow.TO_UPSTREAM));
	}

	private Mono<Void> send(Begun begun, ClientChannel channel, UpstreamSide side, JsonRpcBody body,
			Sinks.One<PostAnswer> told) {
		if (begun instanceof Begun.Session there) {
			return new PostedMessage(channel, there.session(), side, body, this.limits, this.random, this.listener)
				.send(told);
		}
		return Mono.fromRunnable(() -> told.tryEmitValue(((Begun.Refused) begun).answer()));
	}

	private void leave(ClientChannel channel) {
		this.waiting.computeIfPresent(channel.session(), (session, count) -> (count > 1) ? count - 1 : null);
	}

}
