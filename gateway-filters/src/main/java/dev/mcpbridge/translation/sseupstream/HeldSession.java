package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamAnswer;
import dev.mcpbridge.translation.sseupstream.EndpointStream.Beginning;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpStatus;

/**
 * A session this replica holds: the upstream's stream, and what comes of it in the
 * channel.
 * <p>
 * It lasts until the upstream refuses, somebody ends the session or nobody uses it; and
 * no longer than this process. A stream that ends is opened again once the upstream has
 * agreed to the session.
 */
final class HeldSession {

	private final Sinks.One<Opening> opening = Sinks.one();

	private final Disposable.Swap flight = Disposables.swap();

	private final SessionChannel channel;

	private final TranslationLimits limits;

	private final TranslationListener listener;

	private final SessionWatch watch;

	private volatile boolean known;

	private volatile boolean agreed;

	private volatile End end = End.STOPPED;

	private volatile boolean kept;

	HeldSession(SessionChannel channel, TranslationLimits limits, TranslationListener listener) {
		this.channel = channel;
		this.limits = limits;
		this.listener = listener;
		this.watch = new SessionWatch(limits, listener);
	}

	SessionChannel channel() {
		return this.channel;
	}

	/**
	 * Opens the upstream's stream.
	 * @param flights where it goes on when the client's request is over
	 * @param client the client
	 * @param first what it begins the session with
	 * @param whenOver what to do when the session is over, or never came to be
	 * @return what comes of it
	 */
	Mono<Opening> open(Flights flights, Conversation client, First first, Runnable whenOver) {
		return Mono.deferContextual((context) -> {
			Mono<Void> held = Mono
				.usingWhen(Mono.just(this.channel), (channel) -> life(flights, client, first), (channel) -> over(),
						(channel, failure) -> over(), (channel) -> over())
				.then()
				.onErrorResume(this::told)
				.doFinally((signal) -> {
					this.opening.tryEmitEmpty();
					whenOver.run();
				})
				.contextWrite(context);
			this.flight.update(flights.launch(held));
			return this.opening.asMono();
		});
	}

	/** The upstream has agreed to the session; from now on its stream may be cut. */
	void agree() {
		this.agreed = true;
	}

	/** The client knows the session from now on. */
	void keep() {
		this.kept = true;
	}

	/** Ends the session unless its client knows it. */
	void endUnlessKept() {
		if (!this.kept) {
			this.end = End.CLIENT_LEFT;
			this.flight.dispose();
		}
	}

	private Mono<End> life(Flights flights, Conversation client, First first) {
		EndpointStream stream = new EndpointStream(this.channel, this.limits, this.listener);
		Reopening reopening = new Reopening(stream, this.watch, client.upstream(), first.initialize(), first.patience(),
				first.random());
		Mono<End> streams = client.upstream()
			.send(EndpointStream.request(), (answer) -> hold(answer, stream, reopening, client.route()))
			.flatMap((ending) -> this.agreed ? reopening.after(ending) : Mono.just(ending))
			.map(Ending::why);
		Mono<End> watched = opened().then(Mono.defer(() -> this.watch.over(this.channel)));
		Mono<End> stopped = flights.end().thenReturn(End.STOPPED);
		return Mono.firstWithSignal(streams, watched, opened().then(Mono.defer(this::kept)), stopped)
			.doOnNext((why) -> this.end = why);
	}

	private Mono<Opening> opened() {
		return this.opening.asMono()
			.onErrorComplete()
			.filter(Opening.Opened.class::isInstance)
			.switchIfEmpty(Mono.never());
	}

	private Mono<Ending> hold(UpstreamAnswer answer, EndpointStream stream, Reopening reopening, String route) {
		if (!EndpointStream.isIn(answer)) {
			return UpstreamReply.of(answer, this.limits.maxMessage())
				.doOnNext((reply) -> this.opening.tryEmitValue(new Opening.Refused(reply)))
				.thenReturn(Ending.REFUSED);
		}
		return stream
			.read(answer,
					(target) -> begin(new SessionNote(route, target, "", "", false))
						.thenReturn(new Beginning(reopening.lost(target), (message) -> false)))
			.flatMap((ending) -> (ending == Ending.NO_ENDPOINT) ? Mono.error(noEndpoint()) : Mono.just(ending));
	}

	private Mono<Void> begin(SessionNote note) {
		return this.channel.open(note).then(Mono.fromRunnable(() -> {
			this.known = true;
			this.listener.opened(Transport.SSE);
			this.opening.tryEmitValue(new Opening.Opened(note));
		}));
	}

	/** Whoever waits is told, and nobody else: it ends the flight in the same moment. */
	private Mono<Void> told(Throwable failure) {
		this.opening.tryEmitError(failure);
		return Mono.empty();
	}

	private static JsonRpcException noEndpoint() {
		return new JsonRpcException(HttpStatus.BAD_GATEWAY,
				new JsonRpcError(JsonRpcError.INTERNAL_ERROR, "The upstream names no message endpoint of its own"));
	}

	private Mono<End> kept() {
		return Flux.interval(this.limits.keepEvery())
			.onBackpressureDrop()
			.concatMap((tick) -> this.channel.keep().onErrorReturn(true))
			.then(Mono.never());
	}

	/** What replicas do not know of is not over. */
	private Mono<Void> over() {
		if (!this.known) {
			return Mono.empty();
		}
		End why = this.end;
		return this.channel.end(why).onErrorComplete().doFinally((signal) -> this.listener.ended(Transport.SSE, why));
	}

	/**
	 * What a session begins with.
	 *
	 * @param initialize what the client has posted, kept in memory to begin anew
	 * @param patience how long the upstream may take to begin anew
	 * @param random spreads the attempts
	 */
	record First(JsonRpcBody initialize, Duration patience, RandomGenerator random) {

	}

}
