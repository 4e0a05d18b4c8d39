package dev.mcpbridge.stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * What happens to a stream.
 */
sealed interface Step {

	/**
	 * Puts what happens in a row: bytes and ticks meet in one queue of one place each and
	 * are handled one after the other.
	 * @param body the stream
	 * @param ticks what else happens
	 * @return the steps, the last of which is the end of the stream
	 */
	static Flux<Step> row(Flux<DataBuffer> body, Flux<Tick> ticks) {
		return Flux.merge(1, steps(body), ticks)
			.doOnDiscard(Bytes.class, (bytes) -> DataBufferUtils.release(bytes.buffer()));
	}

	/** The end is a step too: a merge passes an error on before the bytes it holds. */
	private static Flux<Step> steps(Flux<DataBuffer> body) {
		return body.<Step>map(Bytes::new)
			.concatWith(Mono.fromSupplier(() -> new End(null)))
			.onErrorResume((ex) -> Mono.just(new End(ex)));
	}

	/**
	 * Bytes came.
	 *
	 * @param buffer the bytes
	 */
	record Bytes(DataBuffer buffer) implements Step {

	}

	/**
	 * The stream ended.
	 *
	 * @param error why, or {@code null} if in good order
	 */
	record End(@Nullable Throwable error) implements Step {

		void pass(SynchronousSink<?> sink) {
			if (this.error != null) {
				sink.error(this.error);
			}
			else {
				sink.complete();
			}
		}

	}

	/** Something else happened. */
	enum Tick implements Step {

		TICK

	}

}
