package dev.mcpbridge.stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * A response that is a stream if the upstream's answer is one, and untouched if not.
 * <p>
 * A content type alone makes no stream: it takes status 200 and no content length.
 */
final class StreamResponse extends ServerHttpResponseDecorator {

	private final ServerWebExchange exchange;

	private final StreamFlow flow;

	private final @Nullable AnswerDeadline deadline;

	private final long begun = System.nanoTime();

	/**
	 * Makes the response.
	 * @param exchange the exchange
	 * @param flow what becomes of a stream
	 * @param deadline what is met when the upstream's response headers are here
	 */
	StreamResponse(ServerWebExchange exchange, StreamFlow flow, @Nullable AnswerDeadline deadline) {
		super(exchange.getResponse());
		this.exchange = exchange;
		this.flow = flow;
		this.deadline = deadline;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		answered();
		return isStream() ? stream(Flux.from(body)) : super.writeWith(body);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		answered();
		return isStream() ? stream(Flux.from(body).concatMap((group) -> group, 0)) : super.writeAndFlushWith(body);
	}

	@Override
	public Mono<Void> setComplete() {
		answered();
		return super.setComplete();
	}

	/**
	 * Leads with an empty buffer: the response is committed by the first thing written,
	 * and the first event may be hours away.
	 */
	private Mono<Void> stream(Flux<DataBuffer> body) {
		HttpHeaders headers = getHeaders();
		headers.set("X-Accel-Buffering", "no");
		if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
			headers.setCacheControl("no-cache");
		}
		Mono<DataBuffer> lead = Mono.fromSupplier(() -> bufferFactory().wrap(new byte[0]));
		return super.writeAndFlushWith(
				Turnstile.groups(lead.concatWith(this.flow.apply(this.exchange, body, this.begun))));
	}

	private void answered() {
		if (this.deadline != null) {
			this.deadline.met();
		}
	}

	private boolean isStream() {
		HttpHeaders headers = getHeaders();
		return getStatusCode() == HttpStatus.OK && !headers.containsHeader(HttpHeaders.CONTENT_LENGTH)
				&& EventStream.isNamedIn(headers, HttpHeaders.CONTENT_TYPE)
				&& this.exchange.getRequest().getMethod() != HttpMethod.HEAD;
	}

}
