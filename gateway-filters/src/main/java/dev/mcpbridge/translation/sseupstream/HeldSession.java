package dev.mcpbridge.translation.sseupstream;

import java.util.List;
import java.util.Optional;

import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.EventReader;
import dev.mcpbridge.translation.EventTooLargeException;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.OwnRequest;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Flow;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamAnswer;
import dev.mcpbridge.translation.UpstreamSide;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * A session this replica holds: the upstream's stream, and what comes of it in the
 * channel.
 * <p>
 * It lasts until the upstream's stream ends, somebody ends the session or nobody uses it;
 * and no longer than this process.
 */
final class HeldSession {

	private static final Log log = LogFactory.getLog(HeldSession.class);

	private final Sinks.One<Opening> opening = Sinks.one();

	private final Disposable.Swap flight = Disposables.swap();

	private final SessionChannel channel;

	private final TranslationLimits limits;

	private final TranslationListener listener;

	private volatile End end = End.STOPPED;

	private volatile boolean kept;

	HeldSession(SessionChannel channel, TranslationLimits limits, TranslationListener listener) {
		this.channel = channel;
		this.limits = limits;
		this.listener = listener;
	}

	SessionChannel channel() {
		return this.channel;
	}

	/**
	 * Opens the upstream's stream.
	 * @param flights where it goes on when the client's request is over
	 * @param upstream the upstream
	 * @param route the URI of its route
	 * @param whenOver what to do when the session is over, or never came to be
	 * @return what comes of it
	 */
	Mono<Opening> open(Flights flights, UpstreamSide upstream, String route, Runnable whenOver) {
		return Mono.deferContextual((context) -> {
			Mono<Void> held = upstream
				.send(OwnRequest.without(HttpMethod.GET, HeldSession::asStream), (answer) -> hold(answer, route))
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

	private static void asStream(HttpHeaders headers) {
		headers.set(HttpHeaders.ACCEPT, MediaType.TEXT_EVENT_STREAM_VALUE);
		headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
		headers.remove(HttpHeaders.CONTENT_TYPE);
		SessionHeaders.remove(headers);
	}

	private Mono<Boolean> hold(UpstreamAnswer answer, String route) {
		if (!answer.status().isSameCodeAs(HttpStatus.OK) || !answer.isEvents()) {
			return UpstreamReply.of(answer, this.limits.maxMessage())
				.doOnNext((reply) -> this.opening.tryEmitValue(new Opening.Refused(reply)))
				.thenReturn(false);
		}
		return EventReader.over(answer.body(), this.limits.maxMessage()).switchOnFirst((first, all) -> {
			Event event = first.get();
			Optional<String> target = (event != null && event.name().equals(MessageEndpoint.EVENT))
					? MessageEndpoint.resolve(event.data(), answer.url()) : Optional.empty();
			return first.isOnError() ? all
					: target.map((known) -> session(new SessionNote(route, known, "", "", false), all.skip(1)))
						.orElseGet(() -> told(noEndpoint()).thenMany(Flux.empty()));
		}).then(Mono.just(true));
	}

	/** Whoever waits is told, and nobody else: it ends the flight in the same moment. */
	private Mono<Void> told(Throwable failure) {
		this.opening.tryEmitError(failure);
		return Mono.empty();
	}

	private JsonRpcException noEndpoint() {
		this.listener.refused(Transport.SSE, Refused.ENDPOINT);
		log.warn("event=endpoint-refused reason=\"not a path of the upstream\"");
		return new JsonRpcException(HttpStatus.BAD_GATEWAY,
				new JsonRpcError(JsonRpcError.INTERNAL_ERROR, "The upstream names no message endpoint of its own"));
	}

	private Flux<Event> session(SessionNote note, Flux<Event> events) {
		return Flux.usingWhen(this.channel.open(note).thenReturn(note), (opened) -> {
			this.listener.opened(Transport.SSE);
			this.opening.tryEmitValue(new Opening.Opened(opened));
			return last(events).doOnNext((why) -> this.end = why).thenMany(Flux.<Event>empty());
		}, (opened) -> over(), (opened, failure) -> over(), (opened) -> over());
	}

	private Mono<End> last(Flux<Event> events) {
		Mono<End> upstream = events.concatMap(this::deliver, 1)
			.then(Mono.just(End.UPSTREAM_ENDED))
			.onErrorResume((failure) -> Mono.fromSupplier(() -> failedWith(failure)));
		Mono<End> watched = new SessionWatch(this.limits, this.listener).over(this.channel);
		return Mono.firstWithSignal(upstream, watched, kept());
	}

	private Mono<End> kept() {
		return Flux.interval(this.limits.keepEvery())
			.onBackpressureDrop()
			.concatMap((tick) -> this.channel.keep().onErrorReturn(true))
			.then(Mono.never());
	}

	private Mono<Void> deliver(Event event) {
		if (!event.isMessage()) {
			return Mono.empty();
		}
		return Flux.fromIterable(read(event)).concatMap(this::deliver).then();
	}

	private Iterable<UpstreamMessage> read(Event event) {
		try {
			return UpstreamMessage.of(event.data());
		}
		catch (JsonRpcException ex) {
			this.listener.refused(Transport.SSE, Refused.MALFORMED);
			return List.of();
		}
	}

	private Mono<String> deliver(UpstreamMessage message) {
		if (message.topic().equals(Topics.NOBODY)) {
			this.listener.refused(Transport.SSE, Refused.UNKNOWN_ID);
			return Mono.empty();
		}
		return this.channel.leavePatiently(message.topic(), message.content())
			.doOnNext((position) -> this.listener.translated(Transport.SSE, Flow.TO_CLIENT));
	}

	private End failedWith(Throwable failure) {
		if (failure instanceof EventTooLargeException) {
			this.listener.refused(Transport.SSE, Refused.TOO_LARGE);
		}
		log.info("event=upstream-stream-failed cause=" + failure.getClass().getSimpleName());
		return End.UPSTREAM_FAILED;
	}

	private Mono<Void> over() {
		End why = this.end;
		return this.channel.end(why).onErrorComplete().doFinally((signal) -> this.listener.ended(Transport.SSE, why));
	}

}
