package dev.mcpbridge.access;

import dev.mcpbridge.exchange.RefusedBody;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
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

	private final ServerWebExchange exchange;

	private final Challenger challenger;

	ChallengedResponse(ServerWebExchange exchange, Challenger challenger) {
		super(exchange.getResponse());
		this.exchange = exchange;
		this.challenger = challenger;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return isForeignRefusal() ? RefusedBody.discard(Flux.from(body)).then(challenge()) : own().writeWith(body);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return isForeignRefusal() ? RefusedBody.discard(Flux.from(body).concatMap((part) -> part, 0)).then(challenge())
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
		return this.challenger.challenge(this.exchange, response, AccessListener.Challenge.UPSTREAM);
	}

}
