package dev.mcpbridge.policy.wire;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import dev.mcpbridge.exchange.RefusedBody;
import dev.mcpbridge.message.JsonRpcError;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.unit.DataSize;

/**
 * A response whose messages are rewritten: those of a stream one by one as they come,
 * those of a JSON body together.
 * <p>
 * What cannot be read is not passed on: an answer that is compressed although nobody
 * asked for that, larger than the bound, or no JSON, is 502, or breaks off if it has
 * begun.
 */
public final class RewrittenResponse extends ServerHttpResponseDecorator {

	private static final JsonRpcError UNREADABLE = new JsonRpcError(JsonRpcError.INTERNAL_ERROR,
			"The upstream's answer cannot be read");

	private final MessageRewriter answers;

	private final int limit;

	private final boolean json;

	/**
	 * Rewrites a response.
	 * @param response where it goes
	 * @param answers rewrites messages
	 * @param limit how large one event or body may be
	 * @param json whether a body of JSON is rewritten too
	 */
	public RewrittenResponse(ServerHttpResponse response, MessageRewriter answers, DataSize limit, boolean json) {
		super(response);
		this.answers = answers;
		this.limit = (int) Math.min(limit.toBytes(), Integer.MAX_VALUE);
		this.json = json;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return concerns() ? rewrite(Flux.from(body)) : super.writeWith(body);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return concerns() ? rewrite(Flux.from(body).concatMap((group) -> group, 0)) : super.writeAndFlushWith(body);
	}

	private boolean concerns() {
		return HttpStatus.OK.equals(getStatusCode()) && (this.json || Answers.isStream(getHeaders()));
	}

	private Mono<Void> rewrite(Flux<DataBuffer> body) {
		if (Answers.isEncoded(getHeaders())) {
			return RefusedBody.discard(body).then(unreadable());
		}
		return Answers.isStream(getHeaders()) ? stream(body) : whole(body);
	}

	private Mono<Void> stream(Flux<DataBuffer> body) {
		getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
		Flux<DataBuffer> events = EventRewriter.over(body, bufferFactory(), this.answers, this.limit);
		return super.writeAndFlushWith(events.map(Mono::just));
	}

	private Mono<Void> whole(Flux<DataBuffer> body) {
		return DataBufferUtils.join(body, this.limit)
			.map((buffer) -> written(rewritten(RequestBodies.bytes(buffer))))
			.onErrorResume(RewrittenResponse::isUnreadable, (ex) -> Mono.just(unreadable()))
			.defaultIfEmpty(Mono.defer(super::setComplete))
			.flatMap(Function.identity());
	}

	private byte[] rewritten(byte[] bytes) {
		String changed = this.answers.rewrite(new String(bytes, StandardCharsets.UTF_8));
		return (changed != null) ? changed.getBytes(StandardCharsets.UTF_8) : bytes;
	}

	private Mono<Void> written(byte[] bytes) {
		getHeaders().setContentLength(bytes.length);
		return super.writeWith(Mono.fromSupplier(() -> bufferFactory().wrap(bytes)));
	}

	private Mono<Void> unreadable() {
		return Mono.defer(() -> UNREADABLE.write(getDelegate(), HttpStatus.BAD_GATEWAY));
	}

	private static boolean isUnreadable(Throwable failure) {
		return failure instanceof UnreadableAnswerException || failure instanceof DataBufferLimitException;
	}

}
