package dev.mcpbridge.translation.sseclients;

import java.time.Duration;

import dev.mcpbridge.message.JsonRpcMessage;
import dev.mcpbridge.translation.UpstreamAnswer;
import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Mono;

/**
 * Begins a session at the upstream for a client that goes on without {@code initialize},
 * as after a cut: with HTTP+SSE its session may outlive the stream.
 *
 * @param channel the client's channel
 * @param side where the upstream is
 * @param initialize what is said to it
 */
record Beginning(ClientChannel channel, UpstreamSide side, OwnInitialize initialize) {

	/** A session that begins although its client is gone has to be known to be ended. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	/**
	 * Begins it, unless somebody has.
	 * @return the session all replicas know then, or what the upstream said instead;
	 * empty if the client is gone; an error if the upstream did not answer
	 */
	Mono<Begun> begin() {
		return this.channel.known()
			.flatMap((known) -> known.isNone() ? initialized() : Mono.just(new Begun.Session(known)))
			.takeUntilOther(this.channel.ended().then(Mono.delay(GRACE)));
	}

	private Mono<Begun> initialized() {
		String version = OwnInitialize.version(this.side.client().getRequest().getHeaders());
		return this.side
			.send(StreamableRequests.post(StreamableSession.NONE, OwnInitialize.request(version)), this::agreed)
			.flatMap((begun) -> (begun instanceof Begun.Session agreed) ? confirmed(agreed.session())
					: Mono.just(begun));
	}

	private Mono<Begun> agreed(UpstreamAnswer answer) {
		if (!answer.status().is2xxSuccessful()) {
			return refused(answer);
		}
		String id = answer.headers().getFirst(StreamableRequests.SESSION);
		return this.initialize.read(answer)
			.filter((message) -> message.kind() == JsonRpcMessage.Kind.RESPONSE)
			.next()
			.flatMap((message) -> Mono.justOrEmpty(message.protocolVersion()))
			.map((version) -> new StreamableSession(id, version))
			.defaultIfEmpty(new StreamableSession(id, null))
			.map(Begun.Session::new);
	}

	private Mono<Begun> refused(UpstreamAnswer answer) {
		return PostAnswer.read(answer, this.initialize.limit()).map(Begun.Refused::new);
	}

	/** Nobody is to know of a session the upstream does not let begin. */
	private Mono<Begun> confirmed(StreamableSession own) {
		Mono<Begun> confirmed = (own.version() == null) ? Mono.error(TurnedAwayException::notBegun) : this.side.send(
				StreamableRequests.post(own, OwnInitialize.initialized()),
				(answer) -> answer.status().is2xxSuccessful() ? Mono.just(new Begun.Session(own)) : refused(answer));
		return confirmed.flatMap((begun) -> (begun instanceof Begun.Session) ? shared(own) : Mono.just(begun))
			.onErrorResume((failure) -> surplus(own).then(Mono.error(failure)))
			.switchIfEmpty(Mono.defer(() -> surplus(own).then(Mono.empty())))
			.delayUntil((begun) -> begun.equals(new Begun.Session(own)) ? Mono.empty() : surplus(own));
	}

	/** Another replica, or the client itself, may have been faster. */
	private Mono<Begun> shared(StreamableSession own) {
		return this.channel.known()
			.flatMap((known) -> known.isNone() ? this.channel.begin(own) : Mono.just(known))
			.map(Begun.Session::new);
	}

	private Mono<Void> surplus(StreamableSession own) {
		return Farewell.say(this.side, own);
	}

}
