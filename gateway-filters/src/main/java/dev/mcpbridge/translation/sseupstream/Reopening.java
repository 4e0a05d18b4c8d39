package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.translation.TranslationListener.Reopened;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamAnswer;
import dev.mcpbridge.translation.UpstreamSide;
import dev.mcpbridge.translation.sseupstream.EndpointStream.Beginning;
import dev.mcpbridge.translation.sseupstream.SessionWatch.Unanswered;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatusCode;

/**
 * Puts another stream in the place of one that was cut, so that the client's session goes
 * on.
 * <p>
 * What the upstream was asked on the old one is answered with an error, since its answers
 * are lost. The upstream begins a session anew, with the client's own {@code initialize}.
 * Until that is done the note names no target, and messages of clients wait. It gives up
 * when the upstream refuses, or cannot be reached for about half a minute.
 */
final class Reopening {

	private static final Log log = LogFactory.getLog(Reopening.class);

	/** A stream that stood for so long was not opened in vain. */
	private static final Duration STEADY = Duration.ofSeconds(30);

	/** Whoever says so may say something else in a moment. */
	private static final Set<Integer> PASSING = Set.of(408, 425, 429);

	private final SessionChannel channel;

	private final SessionWatch watch;

	private final EndpointStream stream;

	private final UpstreamSide upstream;

	private final JsonRpcBody initialize;

	private final Duration patience;

	private final Attempts attempts;

	private volatile boolean standing = true;

	private volatile Ending ending = Ending.ENDED;

	/**
	 * Prepares for the end of a stream.
	 * @param stream reads streams
	 * @param watch knows what is asked
	 * @param upstream the upstream
	 * @param initialize what the client has begun the session with
	 * @param patience how long the upstream may take to begin
	 * @param random spreads the attempts
	 */
	Reopening(EndpointStream stream, SessionWatch watch, UpstreamSide upstream, JsonRpcBody initialize,
			Duration patience, RandomGenerator random) {
		this.channel = stream.channel();
		this.watch = watch;
		this.stream = stream;
		this.upstream = upstream;
		this.initialize = initialize;
		this.patience = patience;
		this.attempts = new Attempts(random);
	}

	/**
	 * Keeps a stream open after the first one.
	 * @param first how that one ended
	 * @return how the last one ended, never an error
	 */
	Mono<Ending> after(Ending first) {
		this.ending = first;
		return Mono.defer(() -> this.ending.isPassing() ? again() : Mono.<Ending>empty())
			.doOnNext((next) -> this.ending = next)
			.repeat(() -> this.ending.isPassing() && this.attempts.isLeft())
			.then(Mono.fromSupplier(() -> this.ending))
			.onErrorReturn(Ending.RELAY_FAILED);
	}

	/**
	 * Tells when the upstream does not know its session any more although its stream is
	 * open, as after a connection that was dropped without a word.
	 * @param target where messages of this session go
	 * @return the end of the stream
	 */
	Mono<Ending> lost(String target) {
		return this.watch.lost()
			.concatMap((named) -> named.equals(target) ? Mono.just(Ending.BROKEN)
					: note(target).<Ending>then(Mono.empty()))
			.next()
			.switchIfEmpty(Mono.never());
	}

	private Mono<Ending> again() {
		return cut().then(Mono.defer(() -> Mono.delay(this.attempts.next())))
			.then(Mono.defer(this::open))
			.doOnNext((ending) -> told(Reopened.FAILED, !this.standing));
	}

	private void told(Reopened outcome, boolean applies) {
		if (applies) {
			this.stream.listener().reopened(Transport.SSE, outcome);
		}
	}

	/** The note first: who has asked before it is in the channel before the cut. */
	private Mono<Void> cut() {
		if (!this.standing) {
			return Mono.empty();
		}
		this.standing = false;
		log.info("event=upstream-stream-cut");
		return note("").then(this.watch.cut(this.channel))
			.flatMapMany((asked) -> Flux.fromIterable(asked))
			.concatMap(this::fail)
			.then();
	}

	private Mono<String> fail(Unanswered asked) {
		JsonRpcError error = Refusals.streamCut().error();
		return this.channel.leavePatiently(asked.topic(), asked.failed(error));
	}

	private Mono<Ending> open() {
		Handshake handshake = new Handshake(this.upstream, this.initialize, this.stream.limits().maxMessage());
		Mono<Ending> opened = this.upstream.sendLater(EndpointStream.request(), (answer) -> read(answer, handshake))
			.onErrorReturn(Ending.BROKEN)
			.defaultIfEmpty(Ending.REFUSED);
		Mono<Ending> late = Mono.delay(this.patience)
			.filter((time) -> !handshake.isOver())
			.map((time) -> Ending.BROKEN)
			.switchIfEmpty(Mono.never());
		return Mono.firstWithSignal(opened, late);
	}

	private Mono<Ending> read(UpstreamAnswer answer, Handshake handshake) {
		if (!EndpointStream.isIn(answer)) {
			return Mono.just(refused(answer.status()));
		}
		return this.stream.read(answer, (target) -> Mono
			.just(new Beginning(begin(handshake, target), (message) -> handshake.takes(message) || !served(message))));
	}

	/** Never takes anything, but learns that somebody is served. */
	private boolean served(UpstreamMessage message) {
		if (Topics.isAnswer(message.topic())) {
			this.attempts.succeeded();
		}
		return true;
	}

	private Mono<Ending> begin(Handshake handshake, String target) {
		return handshake.at(target)
			.flatMap((agreed) -> agreed ? stand(target) : Mono.just(Ending.REFUSED))
			.onErrorResume(NotTakenException.class, (refused) -> Mono.just(refused(refused.reply().status())))
			.onErrorReturn(Ending.BROKEN)
			.defaultIfEmpty(Ending.REFUSED);
	}

	private Mono<Ending> stand(String target) {
		Mono<Ending> steady = Mono.delay(STEADY).doOnNext((time) -> this.attempts.succeeded()).then(Mono.never());
		return Mono.defer(() -> {
			this.standing = true;
			return note(target);
		})
			.doOnSuccess((done) -> log.info("event=upstream-stream-reopened"))
			.doOnSuccess((done) -> told(Reopened.OK, true))
			.then(Mono.firstWithSignal(lost(target), steady));
	}

	private Mono<Void> note(String target) {
		return this.channel.note().flatMap((note) -> this.channel.note(note.at(target)));
	}

	private static Ending refused(HttpStatusCode status) {
		return (status.is5xxServerError() || PASSING.contains(status.value())) ? Ending.BROKEN : Ending.REFUSED;
	}

}
