package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayOutageException;
import dev.mcpbridge.translation.TranslationListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The channel in which the replicas leave what happens in one session at an upstream of
 * HTTP+SSE.
 *
 * @param relay where it is
 * @param session the id of the session
 */
record SessionChannel(Relay relay, String session) {

	/** The relay has channels of the other direction too. */
	private static final String PREFIX = "sse-upstream:";

	private static final int ATTEMPTS = 4;

	private static final Duration PAUSE = Duration.ofMillis(200);

	Mono<Void> open(SessionNote note) {
		return this.relay.open(name(), note.text());
	}

	Mono<SessionNote> note() {
		return this.relay.note(name()).map(SessionNote::parse);
	}

	/** Replaces the note; nothing happens if the session is over. */
	Mono<Void> note(SessionNote note) {
		return this.relay.note(name(), note.text()).then();
	}

	Mono<Boolean> keep() {
		return this.relay.keep(name());
	}

	/**
	 * Leaves something for whoever follows.
	 * @return where it stands, or empty if the session is over
	 */
	Mono<String> leave(String topic, String content) {
		return this.relay.append(name(), topic, content);
	}

	/** Leaves what must not be lost in a short outage; it may be left twice then. */
	Mono<String> leavePatiently(String topic, String content) {
		return leave(topic, content).retryWhen(patience());
	}

	Flux<RelayEntry> follow(String after) {
		return this.relay.follow(name(), after);
	}

	/** Follows from the oldest entry there is. */
	Flux<RelayEntry> followAll() {
		return this.relay.follow(name(), null);
	}

	/** Ends the session for everybody. */
	Mono<Void> end(TranslationListener.End why) {
		return leave(Topics.ENDED, why.name()).then(close());
	}

	Mono<Void> close() {
		return this.relay.close(name());
	}

	/** Shows from time to time that somebody waits or listens; it never emits. */
	Mono<Void> usedEvery(Duration time) {
		return Flux.interval(time)
			.onBackpressureDrop()
			.concatMap((tick) -> leave(Topics.USED, "").onErrorComplete())
			.then();
	}

	private String name() {
		return PREFIX + this.session;
	}

	private static Retry patience() {
		return Retry.backoff(ATTEMPTS, PAUSE).filter(RelayOutageException.class::isInstance);
	}

	@Override
	public String toString() {
		return "SessionChannel[***]";
	}

}
