package dev.mcpbridge.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Replaces a 401 that is about to be written by our challenge, unless it is ours already.
 * <p>
 * A challenge of the upstream leaves with no other status either: it would send clients
 * to the upstream's authorization server.
 */
final class ChallengedResponse extends ServerHttpResponseDecorator {

	/**
	 * A refused body longer than this is not read to its end; its connection is closed.
	 */
	private static final int MAX_DISCARDED = 64 * 1024;

	/** Nobody waits longer for a challenge because a refused body goes on. */
	private static final Duration MAX_DISCARDING = Duration.ofSeconds(1);

	private final ServerWebExchange exchange;

	private final Challenger challenger;

	ChallengedResponse(ServerWebExchange exchange, Challenger challenger) {
		super(exchange.getResponse());
		this.exchange = exchange;
		this.challenger = challenger;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return isForeignRefusal() ? discard(Flux.from(body)).then(challenge()) : own().writeWith(body);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return isForeignRefusal() ? discard(Flux.from(body).flatMap((part) -> part)).then(challenge())
				: own().writeAndFlushWith(body);
	}

	@Override
	public Mono<Void> setComplete() {
		return isForeignRefusal() ? challenge() : own().setComplete();
	}

	private boolean isForeignRefusal() {
		return HttpStatus.UNAUTHORIZED.equals(getStatusCode()) && !Challenger.hasChallenged(this.exchange);
	}

	private ServerHttpResponse own() {
		if (!Challenger.hasChallenged(this.exchange)) {
			getHeaders().remove(HttpHeaders.WWW_AUTHENTICATE);
		}
		return getDelegate();
	}

	private Mono<Void> challenge() {
		ServerHttpResponse response = getDelegate();
		return this.challenger.challenge(this.exchange, response, Challenger.INVALID);
	}

	/** Reads on so that the upstream connection can be used again, but not for ever. */
	private static Flux<DataBuffer> discard(Flux<? extends DataBuffer> body) {
		AtomicLong seen = new AtomicLong();
		return Flux.<DataBuffer>from(body)
			.takeUntil((buffer) -> seen.addAndGet(buffer.readableByteCount()) > MAX_DISCARDED)
			.doOnNext(DataBufferUtils::release)
			.take(MAX_DISCARDING)
			.onErrorComplete();
	}

}
