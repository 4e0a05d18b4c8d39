package dev.mcpbridge.translation.sseclients;

import java.util.Objects;
import java.util.random.RandomGenerator;

import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayOverrunException;
import dev.mcpbridge.translation.sseclients.StandingStream.Heard;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.UpstreamSide;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;

/**
 * What a client of HTTP+SSE reads: whatever is left in its channel, to which the
 * upstream's own stream is led as soon as the session has begun.
 */
final class ClientStream {

	/** Stands after the last event; nothing is written for it. */
	private static final String END = "";

	private final ClientChannel channel;

	private final UpstreamSide side;

	private final TranslationLimits limits;

	private final Delivery delivery;

	private final RandomGenerator random;

	private final Sinks.Empty<Void> initialized = Sinks.empty();

	private volatile StreamableSession session = StreamableSession.NONE;

	private volatile @Nullable End end;

	ClientStream(ClientChannel channel, UpstreamSide side, TranslationLimits limits, RandomGenerator random,
			TranslationListener listener) {
		this.channel = channel;
		this.side = side;
		this.limits = limits;
		this.random = random;
		this.delivery = new Delivery(channel, listener);
	}

	/**
	 * Returns the events, never an error: a client that is cut off in order comes again.
	 * @param messagePath where the client is to post
	 * @return the text of each event
	 */
	Flux<String> events(String messagePath) {
		Flux<String> messages = this.channel.follow()
			.<String>handle(this::pass)
			.doOnComplete(() -> this.end = End.UPSTREAM_ENDED)
			.onErrorResume(this::broken)
			.concatWithValues(END);
		return Flux.merge(1, messages, standing().cast(String.class), kept().cast(String.class))
			.takeWhile((event) -> !event.equals(END))
			.startWith(ClientEvents.endpoint(messagePath, this.channel.session()));
	}

	/** Why the events ended; {@code null} if nobody wanted more. */
	@Nullable End end() {
		return this.end;
	}

	/**
	 * Ends the session everywhere, and at the upstream if it was not the upstream that
	 * ended it.
	 */
	Mono<Void> leave() {
		return this.channel.known()
			.defaultIfEmpty((this.end == End.UPSTREAM_ENDED) ? StreamableSession.NONE : this.session)
			.onErrorReturn(this.session)
			.flatMap((last) -> this.channel.close().onErrorComplete().then(Farewell.say(this.side, last)));
	}

	private void pass(RelayEntry entry, SynchronousSink<String> sink) {
		if (ClientChannel.isInitialized(entry)) {
			this.initialized.tryEmitEmpty();
		}
		else {
			sink.next(ClientEvents.message(entry.content()));
		}
	}

	private Flux<String> broken(Throwable failure) {
		this.end = (failure instanceof RelayOverrunException) ? End.OVERRUN : End.RELAY_FAILED;
		return Flux.empty();
	}

	/** The upstream's own stream, until the upstream has none or knows us no more. */
	private Mono<Void> standing() {
		return this.initialized.asMono()
			.then(Mono.defer(this.channel::known))
			.expand(this::standing)
			.then()
			.onErrorComplete();
	}

	/** A client that began anew has another session in the same channel. */
	private Mono<StreamableSession> standing(StreamableSession known) {
		this.session = known;
		Resumption resumption = new Resumption(this.random);
		return new StandingStream(this.side, resumption, this.limits.maxMessage(), this.delivery::take)
			.stand(known, () -> true)
			.filter((heard) -> heard == Heard.SESSION_OVER)
			.flatMap((over) -> this.channel.known())
			.filterWhen((now) -> Objects.equals(now.id(), known.id()) ? this.channel.close().thenReturn(false)
					: Mono.just(true));
	}

	private Mono<Void> kept() {
		return Mono.delay(this.limits.keepEvery())
			.flatMap((time) -> this.channel.keep().onErrorReturn(true))
			.repeat()
			.then();
	}

}
