package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;
import java.util.Optional;

import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayOverrunException;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.sseupstream.SseUpstreamSessions.OpenSession;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The streams clients open with GET: what the upstream says unasked, or what is left of a
 * stream that was cut.
 * <p>
 * One stream listens at a session, the newest: the one before it ends when it reads of
 * the other in the channel, so that no message is in both.
 */
final class SseUpstreamStreams {

	private static final int TOUCHES = 3;

	private final SseUpstreamSessions sessions;

	private final TranslationListener listener;

	private final Duration usedEvery;

	SseUpstreamStreams(SseUpstreamSessions sessions, TranslationLimits limits, TranslationListener listener) {
		this.sessions = sessions;
		this.listener = listener;
		this.usedEvery = limits.idle().dividedBy(TOUCHES);
	}

	/**
	 * Opens a stream. Without a session there is none: clients that look for HTTP+SSE are
	 * told so with 405, after which they try streamable HTTP.
	 * @param client the request
	 * @return when it has ended
	 */
	Mono<Void> open(Conversation client) {
		if (client.headers().getOrEmpty(SessionHeaders.SESSION).isEmpty()) {
			this.listener.refused(Transport.SSE, Refused.NO_SESSION);
			return Refusals.noStream(client.response());
		}
		if (!client.accepted().events()) {
			return Mono.error(Refusals.notAcceptable("text/event-stream"));
		}
		return this.sessions.find(client).flatMap((session) -> open(client, session));
	}

	private Mono<Void> open(Conversation client, OpenSession session) {
		String last = client.headers().getFirst(SessionHeaders.LAST_EVENT);
		if (last == null || last.isEmpty()) {
			return listen(client, session, Optional.empty());
		}
		Optional<Cursor> cursor = Cursor.parse(last, session.channel().session());
		if (cursor.isEmpty()) {
			this.listener.refused(Transport.SSE, Refused.MALFORMED);
			return Mono.error(Refusals.malformed("Last-Event-ID is none of this session"));
		}
		Awaited awaited = cursor.get().awaited();
		return (awaited != null) ? resume(client, session, cursor.get(), awaited) : listen(client, session, cursor);
	}

	private Mono<Void> resume(Conversation client, OpenSession session, Cursor begin, Awaited awaited) {
		SessionChannel channel = session.channel();
		Flux<Step> steps = awaited.isOver() ? Flux.empty()
				: new Steps(channel, begin.position(), awaited).follow(this.usedEvery);
		return channel.leave(Topics.USED, "")
			.switchIfEmpty(Mono.error(Refusals::unknownSession))
			.flatMap((used) -> new AnswerWriter(client.response(), channel.session()).events(steps, begin, awaited,
					isPrimed(client, session)));
	}

	/** The first stream of a session also gets what was said before it. */
	private Mono<Void> listen(Conversation client, OpenSession session, Optional<Cursor> last) {
		SessionChannel channel = session.channel();
		String name = this.sessions.newName();
		Mono<Void> heard = session.note().heard() ? Mono.empty()
				: channel.note().flatMap((note) -> channel.note(note.nowHeard()));
		return channel.leave(Topics.LISTENING, name)
			.switchIfEmpty(Mono.error(Refusals::unknownSession))
			.flatMap((here) -> heard.thenReturn(session.note().heard() ? here : session.note().begin()))
			.flatMap((fresh) -> {
				Cursor begin = last.orElseGet(() -> new Cursor(fresh, null));
				Flux<String> events = heardAt(channel, begin, name).map((entry) -> EventText
					.message(new Cursor(entry.position(), null).id(channel.session()), entry.content()));
				return new AnswerWriter(client.response(), channel.session()).events(events, begin,
						isPrimed(client, session));
			});
	}

	/** Ends in order whatever happens: the client comes again, and learns what it was. */
	private Flux<RelayEntry> heardAt(SessionChannel channel, Cursor begin, String name) {
		return Flux.defer(() -> {
			Turn turn = new Turn(name);
			return channel.follow(begin.position())
				.onErrorResume(RelayOverrunException.class, (late) -> oldest(channel))
				.takeUntil(turn::isOver)
				.filter((entry) -> entry.topic().equals(Topics.GENERAL))
				.onErrorComplete()
				.takeUntilOther(channel.usedEvery(this.usedEvery));
		});
	}

	/** Who reads too slowly loses what was dropped, and goes on with the rest. */
	private static Flux<RelayEntry> oldest(SessionChannel channel) {
		return channel.followAll()
			.onErrorResume(RelayOverrunException.class, (late) -> Flux.defer(() -> oldest(channel)));
	}

	private static boolean isPrimed(Conversation client, OpenSession session) {
		return ProtocolVersions.isPrimed(client.headers(), session.note().version());
	}

	/**
	 * Tells when another stream has begun to listen.
	 */
	private static final class Turn {

		private final String name;

		private boolean begun;

		Turn(String name) {
			this.name = name;
		}

		boolean isOver(RelayEntry entry) {
			if (!entry.topic().equals(Topics.LISTENING)) {
				return false;
			}
			boolean mine = entry.content().equals(this.name);
			this.begun |= mine;
			return this.begun && !mine;
		}

	}

}
