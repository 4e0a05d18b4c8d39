package dev.mcpbridge.access;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * The body of a request that can be sent again while it is small enough, and streams from
 * the beginning.
 * <p>
 * One reader at a time gets first what is kept, then what the client still sends. A
 * reader that leaves does not stop the client as long as another may come. Readers and
 * the client live on threads of their own: what they share is guarded by this, and nobody
 * foreign is called while it is.
 */
final class KeptBody {

	private final Flux<DataBuffer> client;

	private final FromClient fromClient = new FromClient();

	private final KeptPieces kept;

	private boolean begun;

	private boolean connected;

	private long owed;

	private boolean ended;

	private @Nullable Throwable failure;

	private @Nullable Reader reader;

	private KeptBody(Flux<DataBuffer> client, KeptPieces kept) {
		this.client = client;
		this.kept = kept;
	}

	/**
	 * Keeps the body of a request from when it is first read.
	 * @param exchange the exchange
	 * @param limit how much is kept at most; 0 keeps nothing, not even no body
	 */
	static KeptBody of(ServerWebExchange exchange, DataSize limit) {
		ServerHttpRequest request = exchange.getRequest();
		long bytes = limit.toBytes();
		KeptPieces kept = new KeptPieces(exchange.getResponse().bufferFactory(), bytes);
		if (bytes == 0 || request.getHeaders().getContentLength() > bytes) {
			kept.forget();
		}
		return new KeptBody(request.getBody(), kept);
	}

	/**
	 * Returns the body from its beginning.
	 * @return the body; an error if its beginning is gone
	 */
	Flux<DataBuffer> read() {
		return Flux.defer(() -> {
			Reader next = begin();
			return (next != null) ? next.flux() : Flux.error(new BodyGoneException());
		});
	}

	/** Tells whether the body can be read again. */
	synchronized boolean isWhole() {
		return this.kept.areWhole();
	}

	/** Lets go of what is kept; whoever reads reads on. */
	synchronized void forget() {
		this.kept.forget();
	}

	/** Ends the keeping, and the client's sending if nobody reads any more. */
	void close() {
		forget();
		if (!isBeingRead()) {
			this.fromClient.cancel();
		}
	}

	private synchronized boolean isBeingRead() {
		return this.reader != null;
	}

	private @Nullable Reader begin() {
		Reader next = new Reader();
		boolean first;
		synchronized (this) {
			if (this.begun && !this.kept.areWhole()) {
				return null;
			}
			first = !this.begun;
			this.begun = true;
			this.kept.again().forEach(next.sink::tryEmitNext);
			next.credit = Operators.addCap(this.kept.count(), this.owed);
			if (this.ended) {
				next.end(this.failure);
			}
			this.reader = next;
		}
		if (first) {
			this.client.subscribe(this.fromClient);
		}
		return next;
	}

	private void demand(Reader asking, long buffers) {
		long more;
		synchronized (this) {
			long covered = Math.min(asking.credit, buffers);
			asking.credit -= covered;
			more = buffers - covered;
			this.owed = Operators.addCap(this.owed, more);
			more = this.connected ? more : 0;
		}
		if (more > 0) {
			this.fromClient.request(more);
		}
	}

	private void leave(Reader leaving) {
		boolean last;
		synchronized (this) {
			if (this.reader != leaving) {
				return;
			}
			this.reader = null;
			last = !this.kept.areWhole();
		}
		if (last) {
			this.fromClient.cancel();
		}
	}

	private synchronized @Nullable Reader take(DataBuffer buffer) {
		if (this.owed < Long.MAX_VALUE) {
			this.owed--;
		}
		this.kept.add(buffer);
		return this.reader;
	}

	/** The beginning of a body was let go of before somebody wanted to read it again. */
	static final class BodyGoneException extends IOException {

		private static final long serialVersionUID = 1L;

		BodyGoneException() {
			super("the request cannot be sent again");
		}

	}

	/** One attempt's reading. */
	private final class Reader {

		private final Sinks.Many<DataBuffer> sink = Sinks.unsafe().many().unicast().onBackpressureBuffer();

		/** How much was asked of the client already that this reader will get. */
		private long credit;

		Flux<DataBuffer> flux() {
			return this.sink.asFlux()
				.doOnRequest((buffers) -> demand(this, buffers))
				.doOnCancel(() -> leave(this))
				.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
				.hide();
		}

		void end(@Nullable Throwable failure) {
			if (failure != null) {
				this.sink.tryEmitError(failure);
			}
			else {
				this.sink.tryEmitComplete();
			}
		}

	}

	/** Takes what the client sends, as much as is asked for. */
	private final class FromClient extends BaseSubscriber<DataBuffer> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			long first;
			synchronized (KeptBody.this) {
				KeptBody.this.connected = true;
				first = KeptBody.this.owed;
			}
			if (first > 0) {
				subscription.request(first);
			}
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			Reader current = take(buffer);
			if (current == null || current.sink.tryEmitNext(buffer).isFailure()) {
				DataBufferUtils.release(buffer);
			}
		}

		@Override
		protected void hookOnComplete() {
			end(null);
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			end(throwable);
		}

		private void end(@Nullable Throwable failure) {
			Reader current;
			synchronized (KeptBody.this) {
				KeptBody.this.ended = true;
				KeptBody.this.failure = failure;
				current = KeptBody.this.reader;
			}
			if (current != null) {
				current.end(failure);
			}
		}

	}

}
