package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.message.MirroredHeaders;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.sseupstream.SseUpstreamSessions.OpenSession;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;

/**
 * What streamable clients post, at an upstream of HTTP+SSE.
 */
final class SseUpstreamPosts {

	private static final int TOUCHES = 3;

	private final SseUpstreamSessions sessions;

	private final Sending sending;

	private final InFlight inFlight;

	private final TranslationLimits limits;

	private final TranslationListener listener;

	SseUpstreamPosts(SseUpstreamSessions sessions, Flights flights, TranslationLimits limits,
			TranslationListener listener) {
		this.sessions = sessions;
		this.sending = new Sending(flights, limits, listener);
		this.inFlight = new InFlight(limits, listener);
		this.limits = limits;
		this.listener = listener;
	}

	/**
	 * Takes a POST.
	 * @param client the request
	 * @param patience how long a stream and an answer are waited for
	 * @return when it is answered
	 */
	Mono<Void> post(Conversation client, Patience patience) {
		if (client.accepted().nothing()) {
			return Mono.error(Refusals.notAcceptable("application/json or text/event-stream"));
		}
		return JsonRpcBody.read(client.exchange().getRequest().getBody(), this.limits.maxMessage())
			.doOnNext((body) -> MirroredHeaders.compare(client.headers(), body))
			.doOnError(JsonRpcException.class, this::unreadable)
			.flatMap((body) -> post(client, body, patience));
	}

	private Mono<Void> post(Conversation client, JsonRpcBody body, Patience patience) {
		Optional<String> modern = ProtocolVersions.modern(client.headers(), body);
		if (modern.isPresent()) {
			return Refusal.write(client.response(), HttpStatus.BAD_REQUEST.value(),
					ProtocolVersions.unsupported(modern.get()).answer(body.messages().get(0).id()));
		}
		boolean begins = !body.batch() && body.messages().get(0).isInitialize();
		return begins ? initialize(client, body, patience)
				: this.sessions.find(client).flatMap((session) -> ask(client, session, body, patience));
	}

	private Mono<Void> ask(Conversation client, OpenSession session, JsonRpcBody body, Patience patience) {
		boolean primed = ProtocolVersions.isPrimed(client.headers(), session.note().version());
		Awaited awaited = Awaited.of(body);
		return new Admission(session, awaited.isOver() ? "" : awaited.text()).within(patience.opening())
			.flatMap((admitted) -> {
				Asked asked = new Asked(admitted.session(), body, awaited, primed);
				return awaited.isOver() ? tell(client, asked)
						: answer(client, asked, new Cursor(admitted.position(), awaited), patience, Mono::just);
			});
	}

	/** Without a request there is nothing to wait for but the upstream. */
	private Mono<Void> tell(Conversation client, Asked asked) {
		return this.sending.send(client.upstream(), asked.session(), asked.body()).then(Mono.defer(() -> {
			client.response().setStatusCode(HttpStatus.ACCEPTED);
			return client.response().setComplete();
		}));
	}

	/** Shows what is asked before the upstream can have answered it. */
	private static Mono<String> begin(Asked asked) {
		return asked.session()
			.channel()
			.leave(Topics.USED, asked.awaited().text())
			.switchIfEmpty(Mono.error(Refusals::unknownSession));
	}

	private Mono<Void> answer(Conversation client, Asked asked, Cursor begin, Patience patience,
			Function<Step, Mono<Step>> each) {
		SessionChannel channel = asked.session().channel();
		return Mono.using(() -> this.inFlight.enter(channel.session(), asked.awaited()), (entered) -> {
			Flux<Step> late = Mono.delay(patience.answer()).thenMany(Flux.just(Step.late(asked.awaited())));
			Flux<Step> sent = this.sending.send(client.upstream(), asked.session(), asked.body())
				.thenMany(Flux.empty());
			Flux<Step> steps = new Steps(channel, begin.position(), asked.awaited()).follow(usedEvery());
			return new AnswerWriter(client.response(), channel.session()).answer(
					Flux.merge(1, late, sent, steps).takeUntil(Step::isLast).concatMap(each, 1), begin, asked.awaited(),
					client.accepted(), new AnswerWriter.Style(asked.body().batch(), asked.primed()));
		}, Runnable::run);
	}

	private Mono<Void> initialize(Conversation client, JsonRpcBody body, Patience patience) {
		return Mono.using(this.sessions::begin,
				(held) -> this.sessions.open(held, client, body, patience.opening())
					.timeout(patience.opening(), Mono.error(SseUpstreamPosts::slow))
					.switchIfEmpty(Mono.error(SseUpstreamPosts::cut))
					.flatMap((opening) -> initialize(client, body, patience, held, opening)),
				HeldSession::endUnlessKept);
	}

	private Mono<Void> initialize(Conversation client, JsonRpcBody body, Patience patience, HeldSession held,
			Opening opening) {
		if (opening instanceof Opening.Opened opened) {
			Asked asked = new Asked(new OpenSession(held.channel(), opened.note()), body, Awaited.of(body), false);
			return begin(asked).flatMap((position) -> {
				Initialization initialization = new Initialization(client.response(), held,
						opened.note().begunAt(position));
				return answer(client, asked, new Cursor(position, asked.awaited()), patience, initialization::learn)
					.onErrorMap(SseUpstreamPosts::isGone, (gone) -> cut())
					.doOnSuccess((done) -> initialization.answered());
			});
		}
		return Mono.error(new NotTakenException(((Opening.Refused) opening).reply()));
	}

	Duration usedEvery() {
		return this.limits.idle().dividedBy(TOUCHES);
	}

	private void unreadable(JsonRpcException why) {
		this.listener.refused(Transport.SSE,
				(why.status() == HttpStatus.CONTENT_TOO_LARGE) ? Refused.TOO_LARGE : Refused.MALFORMED);
	}

	private static JsonRpcException slow() {
		return Refusals.upstreamFailed(HttpStatus.GATEWAY_TIMEOUT, "The upstream did not open a stream in time");
	}

	/** Without a session, 404 would say that there is nothing here. */
	private static boolean isGone(Throwable failure) {
		return failure instanceof JsonRpcException refused && refused.status() == HttpStatus.NOT_FOUND;
	}

	private static JsonRpcException cut() {
		return Refusals.upstreamFailed(HttpStatus.BAD_GATEWAY, "The upstream ended its stream");
	}

	/**
	 * What a client asks.
	 *
	 * @param session the session it asks in
	 * @param body what it posted
	 * @param awaited the answers it is to get
	 * @param primed whether its events begin with one that says where the stream is
	 */
	private record Asked(OpenSession session, JsonRpcBody body, Awaited awaited, boolean primed) {

	}

}
