package dev.mcpbridge.translation.sseupstream;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.EventReader;
import dev.mcpbridge.translation.EventTooLargeException;
import dev.mcpbridge.translation.OwnRequest;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Flow;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamAnswer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Reads the upstream's stream: where it takes messages, then what it says, which is left
 * in the channel of the session.
 *
 * @param channel the channel
 * @param limits how large an event may be
 * @param listener hears what is delivered and what is not
 */
record EndpointStream(SessionChannel channel, TranslationLimits limits, TranslationListener listener) {

	private static final Log log = LogFactory.getLog(EndpointStream.class);

	/** Asks for it. */
	static OwnRequest request() {
		return OwnRequest.without(HttpMethod.GET, EndpointStream::asStream);
	}

	/** Tells whether an answer is such a stream. */
	static boolean isIn(UpstreamAnswer answer) {
		return answer.status().isSameCodeAs(HttpStatus.OK) && answer.isEvents();
	}

	/**
	 * Reads a stream to its end.
	 * @param answer what holds it
	 * @param begin told where messages go, before anything else is read
	 * @return how it ended; an error if it broke before its first event, or could not
	 * begin
	 */
	Mono<Ending> read(UpstreamAnswer answer, Function<String, Mono<Beginning>> begin) {
		return EventReader.over(answer.body(), this.limits.maxMessage())
			.switchOnFirst((first, all) -> first.isOnError() ? all.then(Mono.just(Ending.BROKEN)).flux()
					: target(first.get(), answer)
						.map((target) -> begin.apply(target).flatMap((begun) -> last(all.skip(1), begun)).flux())
						.orElseGet(this::noEndpoint))
			.next();
	}

	private static Optional<String> target(@Nullable Event event, UpstreamAnswer answer) {
		return (event != null && event.name().equals(MessageEndpoint.EVENT))
				? MessageEndpoint.resolve(event.data(), answer.url()) : Optional.empty();
	}

	private Flux<Ending> noEndpoint() {
		this.listener.refused(Transport.SSE, Refused.ENDPOINT);
		log.warn("event=endpoint-refused reason=\"not a path of the upstream\"");
		return Flux.just(Ending.NO_ENDPOINT);
	}

	private Mono<Ending> last(Flux<Event> events, Beginning begun) {
		Mono<Ending> read = events.concatMap((event) -> deliver(event, begun.own()), 1)
			.then(Mono.just(Ending.ENDED))
			.onErrorResume((failure) -> Mono.fromSupplier(() -> failedWith(failure)));
		return Mono.firstWithSignal(read, begun.over());
	}

	private Mono<Void> deliver(Event event, Predicate<UpstreamMessage> own) {
		if (!event.isMessage()) {
			return Mono.empty();
		}
		return Flux.fromIterable(messages(event))
			.filter((message) -> !own.test(message))
			.concatMap(this::deliver)
			.then();
	}

	private Iterable<UpstreamMessage> messages(Event event) {
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

	private Ending failedWith(Throwable failure) {
		log.info("event=upstream-stream-failed cause=" + failure.getClass().getSimpleName());
		if (failure instanceof EventTooLargeException) {
			this.listener.refused(Transport.SSE, Refused.TOO_LARGE);
			return Ending.TOO_LARGE;
		}
		return Ending.BROKEN;
	}

	private static void asStream(HttpHeaders headers) {
		headers.set(HttpHeaders.ACCEPT, MediaType.TEXT_EVENT_STREAM_VALUE);
		headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
		headers.remove(HttpHeaders.CONTENT_TYPE);
		SessionHeaders.remove(headers);
	}

	/**
	 * What is done with a stream that has begun.
	 *
	 * @param over tells if it is over before its end
	 * @param own takes what is for nobody else
	 */
	record Beginning(Mono<Ending> over, Predicate<UpstreamMessage> own) {

	}

}
