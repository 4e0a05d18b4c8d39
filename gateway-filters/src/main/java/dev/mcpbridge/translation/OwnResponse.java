package dev.mcpbridge.translation;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Takes the upstream's answer to a request of ours, instead of a client.
 *
 * @param <T> what is made of the answer
 */
final class OwnResponse<T> extends AbstractServerHttpResponse {

	private final Function<UpstreamAnswer, Mono<T>> reader;

	private @Nullable T result;

	/**
	 * Waits for an answer.
	 * @param client the client's response, for its buffers
	 * @param reader what to do with the answer; the exchange lasts as long as it does
	 */
	OwnResponse(ServerHttpResponse client, Function<UpstreamAnswer, Mono<T>> reader) {
		super(client.bufferFactory());
		this.reader = reader;
	}

	/** Returns what was made of the answer, or {@code null} if there is none. */
	@Nullable T result() {
		return this.result;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <N> N getNativeResponse() {
		throw new IllegalStateException("a response of our own");
	}

	@Override
	protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
		Flux<DataBuffer> once = Flux.from(body);
		return Mono.defer(() -> {
			boolean[] taken = { false };
			Flux<DataBuffer> tracked = Flux.defer(() -> {
				taken[0] = true;
				return once;
			});
			return this.reader.apply(new UpstreamAnswer(status(), getHeaders(), tracked))
				.doOnNext((made) -> this.result = made)
				.then(Mono.defer(() -> taken[0] ? Mono.empty() : once.doOnNext(DataBufferUtils::release).then()));
		});
	}

	@Override
	protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return writeWithInternal(Flux.from(body).concatMap((group) -> group, 0));
	}

	@Override
	public Mono<Void> setComplete() {
		return isCommitted() ? Mono.empty() : writeWith(Flux.empty());
	}

	private HttpStatusCode status() {
		HttpStatusCode status = getStatusCode();
		return (status != null) ? status : HttpStatus.OK;
	}

	@Override
	protected void applyStatusCode() {
	}

	@Override
	protected void applyHeaders() {
	}

	@Override
	protected void applyCookies() {
	}

}
