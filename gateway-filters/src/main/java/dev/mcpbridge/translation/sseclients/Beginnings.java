package dev.mcpbridge.translation.sseclients;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcMessage;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Mono;

/**
 * Sees to it that a message finds a session at the upstream: the one the client has
 * begun, or else one of ours, begun once for all messages that wait for it here.
 */
final class Beginnings {

	private final ConcurrentMap<String, Mono<Begun>> underWay = new ConcurrentHashMap<>();

	/** The sessions that clients are beginning. */
	private final Set<String> clients = ConcurrentHashMap.newKeySet();

	private final Flights flights;

	private final TranslationLimits limits;

	private final TranslationListener listener;

	Beginnings(Flights flights, TranslationLimits limits, TranslationListener listener) {
		this.flights = flights;
		this.limits = limits;
		this.listener = listener;
	}

	/**
	 * Sends a message in a session.
	 * @param channel the client's channel
	 * @param known what was known of the session when the message came
	 * @param side where the upstream is
	 * @param body the message
	 * @param sending sends it
	 * @return when it is sent; empty also if the client is gone
	 */
	Mono<Void> send(ClientChannel channel, StreamableSession known, UpstreamSide side, JsonRpcBody body,
			Function<Begun, Mono<Void>> sending) {
		if (body.messages().stream().anyMatch(JsonRpcMessage::isInitialize)) {
			return Mono.defer(() -> {
				this.clients.add(channel.session());
				return settled(channel).map(Begun.Session::new)
					.flatMap(sending)
					.doFinally((signal) -> this.clients.remove(channel.session()));
			});
		}
		boolean begun = !known.isNone() || this.clients.contains(channel.session());
		return (begun ? Mono.just(new Begun.Session(known)) : begun(channel, side)).flatMap(sending);
	}

	/**
	 * Knows a session of ours, if there is to be one, so that the client's replaces it.
	 */
	private Mono<StreamableSession> settled(ClientChannel channel) {
		return this.underWay.getOrDefault(channel.session(), Mono.empty())
			.onErrorComplete()
			.then(Mono.defer(channel::known));
	}

	private Mono<Begun> begun(ClientChannel channel, UpstreamSide side) {
		return Mono
			.defer(() -> this.underWay.computeIfAbsent(channel.session(), (session) -> beginning(channel, side)));
	}

	/** Whoever is told may come at once again, and is not told the same. */
	private Mono<Begun> beginning(ClientChannel channel, UpstreamSide side) {
		OwnInitialize initialize = new OwnInitialize(new Delivery(channel, this.listener), this.limits.maxMessage());
		Beginning beginning = new Beginning(channel, side, initialize);
		return this.flights
			.<Begun>launch((told) -> beginning.begin()
				.doOnTerminate(() -> over(channel))
				.doOnCancel(() -> over(channel))
				.doOnNext(told::tryEmitValue)
				.then())
			.cache();
	}

	private void over(ClientChannel channel) {
		this.underWay.remove(channel.session());
	}

}
