package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;

import dev.mcpbridge.translation.sseupstream.SseUpstreamSessions.OpenSession;
import reactor.core.publisher.Mono;

/**
 * Lets messages of a client in: shows in the channel what is asked, before the upstream
 * can have answered it, and finds where the upstream takes it.
 * <p>
 * The note is read after that once more: whoever holds the session answers what was shown
 * before a cut, and what is shown after it goes to where the upstream takes it then.
 *
 * @param session the session
 * @param content what is asked, empty for nothing
 */
record Admission(OpenSession session, String content) {

	private static final Duration LOOK = Duration.ofMillis(100);

	/**
	 * Waits until the message can be sent.
	 * @param patience how long a cut of the upstream's stream is waited for
	 * @return where it may go, and the place in the channel; fails if the session is
	 * over, or was cut for too long
	 */
	Mono<Admitted> within(Duration patience) {
		return enter(this.session.note()).timeout(patience, Mono.error(Refusals::streamCut));
	}

	private Mono<Admitted> enter(SessionNote known) {
		return standing(known)
			.flatMap((note) -> this.session.channel()
				.leave(Topics.USED, this.content)
				.switchIfEmpty(Mono.error(Refusals::unknownSession))
				.flatMap((position) -> note().flatMap((now) -> now.target().equals(note.target())
						? Mono.just(new Admitted(new OpenSession(this.session.channel(), now), position))
						: enter(now))));
	}

	private Mono<SessionNote> standing(SessionNote known) {
		return known.hasTarget() ? Mono.just(known)
				: Mono.delay(LOOK).then(Mono.defer(this::note)).flatMap(this::standing);
	}

	private Mono<SessionNote> note() {
		return this.session.channel().note().switchIfEmpty(Mono.error(Refusals::unknownSession));
	}

	/**
	 * A message that was let in.
	 *
	 * @param session the session as it is now
	 * @param position the place in the channel its answer comes after
	 */
	record Admitted(OpenSession session, String position) {

	}

}
