package dev.mcpbridge.translation.sseclients;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcMessage;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.sseclients.StandingStream.Heard;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.UpstreamAnswer;
import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;

/**
 * A message of a client on its way upstream, and back what the upstream says to it, until
 * every request in it has an answer: the upstream's, or an error of ours.
 */
final class PostedMessage {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** How often in a row an upstream may break off without a word. */
	private static final int ATTEMPTS = 3;

	/** A session that begins although its client is gone has to be known to be ended. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private static final byte[] NOTHING = {};

	private final ClientChannel channel;

	private final UpstreamSide side;

	private final JsonRpcBody body;

	private final TranslationLimits limits;

	private final Delivery delivery;

	private final Resumption resumption;

	private final StandingStream stream;

	private final Set<JsonNode> unanswered = new LinkedHashSet<>();

	private StreamableSession session;

	private boolean resuming;

	PostedMessage(ClientChannel channel, StreamableSession session, UpstreamSide side, JsonRpcBody body,
			TranslationLimits limits, RandomGenerator random, TranslationListener listener) {
		this.channel = channel;
		this.session = session;
		this.side = side;
		this.body = body;
		this.limits = limits;
		this.delivery = new Delivery(channel, listener);
		this.resumption = new Resumption(random);
		this.stream = new StandingStream(side, this.resumption, limits.maxMessage(), this::take);
		body.messages()
			.stream()
			.filter(JsonRpcMessage::isRequest)
			.forEach((request) -> this.unanswered.add(Objects.requireNonNull(request.id())));
	}

	/**
	 * Sends the message.
	 * @param told is told what the client is to be told; not if the client is gone
	 * @return when nothing more is to come; an error if the upstream did not answer
	 */
	Mono<Void> send(Sinks.One<PostAnswer> told) {
		StreamableSession within = isInitialize() ? StreamableSession.NONE : this.session;
		return this.side
			.send(StreamableRequests.post(within, this.body.content()),
					(answer) -> answer.status().is2xxSuccessful() ? accepted(answer, told) : refused(answer, told))
			.flatMap(this::settle)
			.takeUntilOther(gone());
	}

	private Mono<Void> gone() {
		return this.channel.ended().then(isInitialize() ? Mono.delay(GRACE).then() : Mono.empty());
	}

	private boolean isInitialize() {
		return this.body.messages().stream().anyMatch(JsonRpcMessage::isInitialize);
	}

	private Mono<Heard> accepted(UpstreamAnswer answer, Sinks.One<PostAnswer> told) {
		return begun(answer).flatMap((there) -> {
			if (!there) {
				return Mono.just(Heard.ENOUGH);
			}
			told.tryEmitValue(PostAnswer.accepted());
			return initialized().then(answer.isJson() ? whole(answer) : this.stream.read(answer));
		});
	}

	/** The client may be gone before the session it asked for has begun. */
	private Mono<Boolean> begun(UpstreamAnswer answer) {
		String id = answer.headers().getFirst(StreamableRequests.SESSION);
		if (id == null || !isInitialize()) {
			return Mono.just(true);
		}
		StreamableSession before = this.session;
		this.session = new StreamableSession(id, null);
		return this.channel.know(this.session)
			.flatMap((there) -> Farewell.say(this.side, there ? before : this.session).thenReturn(there));
	}

	private Mono<Void> initialized() {
		boolean told = this.body.messages()
			.stream()
			.anyMatch((message) -> message.method().equals(JsonRpcMessage.INITIALIZED));
		return told ? this.channel.initialized() : Mono.empty();
	}

	private Mono<Heard> whole(UpstreamAnswer answer) {
		return bytes(answer).flatMap((bytes) -> take(new String(bytes, StandardCharsets.UTF_8)))
			.thenReturn(Heard.NOTHING)
			.onErrorReturn(Heard.NOTHING);
	}

	private Mono<byte[]> bytes(UpstreamAnswer answer) {
		int limit = (int) Math.min(this.limits.maxMessage().toBytes(), Integer.MAX_VALUE);
		return DataBufferUtils.join(answer.body(), limit).map(PostedMessage::bytes).defaultIfEmpty(NOTHING);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	/** The answer is told first: the end of the channel ends this too. */
	private Mono<Heard> refused(UpstreamAnswer answer, Sinks.One<PostAnswer> told) {
		return bytes(answer).onErrorReturn(NOTHING).flatMap((bytes) -> {
			if (isAnswer(answer, bytes)) {
				told.tryEmitValue(PostAnswer.accepted());
				return take(new String(bytes, StandardCharsets.UTF_8));
			}
			boolean over = answer.status().isSameCodeAs(HttpStatus.NOT_FOUND) && this.session.id() != null;
			told.tryEmitValue(PostAnswer.of(answer, bytes));
			return over ? this.channel.close() : Mono.empty();
		}).thenReturn(Heard.ENOUGH);
	}

	/** Some refuse a request with a status and the very answer to it. */
	private boolean isAnswer(UpstreamAnswer answer, byte[] bytes) {
		if (!answer.status().is4xxClientError() || !answer.isJson()
				|| answer.status().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
			return false;
		}
		List<JsonNode> ids = answered(this.delivery.messages(new String(bytes, StandardCharsets.UTF_8)));
		return !ids.isEmpty() && this.unanswered.containsAll(ids);
	}

	private Mono<Boolean> take(Event event) {
		Mono<Boolean> there = event.isMessage() ? take(event.data()) : Mono.just(true);
		return there.map((wanted) -> wanted && !(this.resuming && this.unanswered.isEmpty()));
	}

	private Mono<Boolean> take(String text) {
		List<JsonRpcMessage> messages = text.isBlank() ? List.of() : this.delivery.messages(text);
		if (messages.isEmpty()) {
			return Mono.just(true);
		}
		List<JsonNode> ids = answered(messages);
		return agreed(messages).then(this.delivery.leave(text))
			.doOnNext((there) -> ids.forEach(this.unanswered::remove))
			.onErrorResume(IllegalArgumentException.class, (large) -> fail(ids).thenReturn(true));
	}

	private Mono<Void> agreed(List<JsonRpcMessage> messages) {
		return Mono
			.justOrEmpty(messages.stream()
				.filter((message) -> isInitialize() && message.kind() == JsonRpcMessage.Kind.RESPONSE)
				.flatMap((message) -> message.protocolVersion().stream())
				.findFirst())
			.flatMap((version) -> {
				this.session = this.session.agreedOn(version);
				return this.channel.know(this.session);
			})
			.then();
	}

	private static List<JsonNode> answered(List<JsonRpcMessage> messages) {
		return messages.stream()
			.filter((message) -> message.kind() == JsonRpcMessage.Kind.RESPONSE)
			.map(JsonRpcMessage::id)
			.filter(Objects::nonNull)
			.toList();
	}

	private Mono<Void> settle(Heard end) {
		if (end == Heard.ENOUGH || this.unanswered.isEmpty()) {
			return Mono.empty();
		}
		return ((end == Heard.BROKEN && isWanted()) ? resumed() : Mono.just(end))
			.flatMap((last) -> fail(List.copyOf(this.unanswered)).thenReturn(last))
			.filter((last) -> last == Heard.SESSION_OVER)
			.flatMap((over) -> this.channel.close());
	}

	private Mono<Heard> resumed() {
		this.resuming = true;
		return Mono.delay(this.resumption.pause()).then(this.stream.stand(this.session, this::isWanted));
	}

	private boolean isWanted() {
		return !this.unanswered.isEmpty() && this.resumption.lastId() != null && this.resumption.fruitless() < ATTEMPTS;
	}

	/** So that nobody waits for ever. */
	private Mono<Void> fail(Collection<JsonNode> ids) {
		JsonRpcError error = new JsonRpcError(JsonRpcError.INTERNAL_ERROR, "The upstream broke off its answer");
		return Flux.fromIterable(ids)
			.concatMap((id) -> this.delivery.leave(JSON.writeValueAsString(error.answer(id)))
				.doOnNext((there) -> this.unanswered.remove(id)))
			.then();
	}

}
