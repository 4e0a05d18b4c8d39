package dev.mcpbridge.translation;

import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Takes the upstream's answer to a request of ours, instead of a client, from when its
 * headers are here.
 *
 * @param <T> what is made of the answer
 */
final class OwnResponse<T> extends ServerHttpResponseDecorator {

	private final Taken<T> taken;

	/**
	 * Waits for an answer.
	 * @param client the client's response, for its buffers
	 * @param url tells where it comes from, once it is here
	 * @param reader what to do with the answer; the exchange lasts as long as it does
	 */
	OwnResponse(ServerHttpResponse client, Supplier<URI> url, Function<UpstreamAnswer, Mono<T>> reader) {
		this(new Taken<>(client.bufferFactory(), url, reader));
	}

	private OwnResponse(Taken<T> taken) {
		super(taken);
		this.taken = taken;
	}

	/** Returns what was made of the answer, or {@code null} if there is none. */
	@Nullable T result() {
		return this.taken.result;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return super.writeWith(lead().concatWith(body));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return writeWith(Flux.from(body).concatMap((group) -> group, 0));
	}

	@Override
	public Mono<Void> setComplete() {
		return isCommitted() ? Mono.empty() : writeWith(Flux.empty());
	}

	/** Spring waits for the first buffer, and the first event may be hours away. */
	private Flux<DataBuffer> lead() {
		return Flux.defer(() -> Flux.just(bufferFactory().wrap(new byte[0])));
	}

	/** Spring Cloud Gateway knows unusual statuses of this kind of response only. */
	private static final class Taken<T> extends AbstractServerHttpResponse {

		private final Supplier<URI> url;

		private final Function<UpstreamAnswer, Mono<T>> reader;

		private @Nullable T result;

		Taken(DataBufferFactory buffers, Supplier<URI> url, Function<UpstreamAnswer, Mono<T>> reader) {
			super(buffers);
			this.url = url;
			this.reader = reader;
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
				return this.reader.apply(new UpstreamAnswer(this.url.get(), status(), getHeaders(), tracked))
					.doOnNext((made) -> this.result = made)
					.then(Mono.defer(() -> taken[0] ? Mono.empty() : once.doOnNext(DataBufferUtils::release).then()));
			});
		}

		@Override
		protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return writeWithInternal(Flux.from(body).concatMap((group) -> group, 0));
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

}
