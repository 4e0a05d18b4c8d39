package dev.mcpbridge.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Writes whatever the upstream answers to one attempt, unless it is a refusal after which
 * the request may be sent again: then nothing is written, so that another attempt may
 * follow.
 */
public final class AttemptResponse extends ServerHttpResponseDecorator {

	private final Predicate<ServerHttpResponse> refusal;

	private final Runnable whenAccepted;

	/** What filters further in want done at the commit; void if there is none. */
	private final List<Supplier<? extends Mono<Void>>> atCommit = new ArrayList<>();

	private boolean last;

	private boolean refused;

	/**
	 * Makes the response of one attempt.
	 * @param response the response of the exchange
	 * @param refusal tells by status and headers whether it is a refusal
	 * @param whenAccepted what to do when there will be no other attempt
	 */
	public AttemptResponse(ServerHttpResponse response, Predicate<ServerHttpResponse> refusal, Runnable whenAccepted) {
		super(response);
		this.refusal = refusal;
		this.whenAccepted = whenAccepted;
	}

	/**
	 * Tells whether the upstream refused this attempt.
	 * @return whether nothing was written because of that
	 */
	public boolean isRefused() {
		return this.refused;
	}

	/** Makes this attempt the last, once it is known not to be refused. */
	public void accept() {
		if (!this.last) {
			leave();
			this.whenAccepted.run();
		}
	}

	/** Leaves the answer to filters further out, since there is none to this attempt. */
	public void leave() {
		this.last = true;
		this.atCommit.forEach(super::beforeCommit);
		this.atCommit.clear();
	}

	@Override
	public void beforeCommit(Supplier<? extends Mono<Void>> action) {
		if (this.last) {
			super.beforeCommit(action);
		}
		else {
			this.atCommit.add(action);
		}
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return isRefusal() ? RefusedBody.discard(Flux.from(body)) : accepted().writeWith(body);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return isRefusal() ? RefusedBody.discard(Flux.from(body).concatMap((part) -> part, 0))
				: accepted().writeAndFlushWith(body);
	}

	@Override
	public Mono<Void> setComplete() {
		return isRefusal() ? Mono.empty() : accepted().setComplete();
	}

	private boolean isRefusal() {
		this.refused = !this.last && this.refusal.test(this);
		return this.refused;
	}

	private ServerHttpResponse accepted() {
		accept();
		return getDelegate();
	}

}
