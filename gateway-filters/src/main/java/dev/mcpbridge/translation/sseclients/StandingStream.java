package dev.mcpbridge.translation.sseclients;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.EventReader;
import dev.mcpbridge.translation.EventTooLargeException;
import dev.mcpbridge.translation.UpstreamAnswer;
import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/**
 * A stream the upstream is asked for, again whenever it ends or breaks, each time after
 * the last event that came.
 */
final class StandingStream {

	/** Whoever says so may say something else in a moment. */
	private static final Set<Integer> PASSING = Set.of(401, 408, 425, 429);

	private final UpstreamSide side;

	private final Resumption resumption;

	private final DataSize limit;

	private final Function<Event, Mono<Boolean>> taker;

	private Heard heard = Heard.BROKEN;

	/**
	 * Prepares a stream.
	 * @param side where the upstream is
	 * @param resumption where to begin
	 * @param limit how large an event may be
	 * @param taker deals with an event, and tells whether anybody wants another
	 */
	StandingStream(UpstreamSide side, Resumption resumption, DataSize limit, Function<Event, Mono<Boolean>> taker) {
		this.side = side;
		this.resumption = resumption;
		this.limit = limit;
		this.taker = taker;
	}

	/**
	 * Reads what an answer holds.
	 * @param answer a stream of events
	 * @return how it ended, never an error
	 */
	Mono<Heard> read(UpstreamAnswer answer) {
		return EventReader.over(answer.body(), this.limit)
			.concatMap((event) -> this.taker.apply(event).doOnNext((wanted) -> this.resumption.heard(event)), 1)
			.filter((wanted) -> !wanted)
			.next()
			.map((unwanted) -> Heard.ENOUGH)
			.onErrorResume(EventTooLargeException.class, (ex) -> Mono.just(Heard.NOTHING))
			.onErrorResume((broken) -> Mono.empty())
			.defaultIfEmpty(Heard.BROKEN);
	}

	/**
	 * Keeps the stream open.
	 * @param session the session at the upstream
	 * @param wanted whether to ask again
	 * @return how it ended for good, never an error
	 */
	Mono<Heard> stand(StreamableSession session, BooleanSupplier wanted) {
		return Mono.defer(() -> once(session))
			.doOnNext((end) -> this.heard = end)
			.filter((end) -> end == Heard.BROKEN && wanted.getAsBoolean())
			.flatMap((end) -> Mono.delay(this.resumption.pause()))
			.repeat(() -> this.heard == Heard.BROKEN && wanted.getAsBoolean())
			.then(Mono.fromSupplier(() -> this.heard));
	}

	private Mono<Heard> once(StreamableSession session) {
		this.resumption.attempted();
		return this.side
			.sendLater(StreamableRequests.listen(session, this.resumption.lastId()), (answer) -> read(session, answer))
			.onErrorResume((failure) -> Mono.just(Heard.BROKEN))
			.defaultIfEmpty(Heard.NOTHING);
	}

	private Mono<Heard> read(StreamableSession session, UpstreamAnswer answer) {
		if (answer.status().isSameCodeAs(HttpStatus.OK) && answer.isEvents()) {
			return read(answer);
		}
		if (answer.status().isSameCodeAs(HttpStatus.NOT_FOUND) && session.id() != null) {
			return Mono.just(Heard.SESSION_OVER);
		}
		boolean passing = answer.status().is5xxServerError() || PASSING.contains(answer.status().value());
		return Mono.just(passing ? Heard.BROKEN : Heard.NOTHING);
	}

	/** How a stream ended. */
	enum Heard {

		/** It ended or broke, and may be asked for again. */
		BROKEN,

		/** There is none, or none that can be read. */
		NOTHING,

		/** Nobody wants more of it. */
		ENOUGH,

		/** The upstream does not know the session any more. */
		SESSION_OVER

	}

}
