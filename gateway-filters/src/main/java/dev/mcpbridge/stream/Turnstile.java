package dev.mcpbridge.stream;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Hands buffers to the writer one by one, each to be flushed: the next is asked for when
 * the one before was taken.
 * <p>
 * The writer's own queue would take 32 ahead, and forget to release them when the client
 * leaves.
 */
final class Turnstile {

	private final AtomicReference<@Nullable DataBuffer> waiting = new AtomicReference<>();

	private Turnstile() {
	}

	/**
	 * Makes a group of each buffer.
	 * @param body the buffers
	 * @return groups of one, to be flushed each
	 */
	static Flux<Publisher<DataBuffer>> groups(Flux<DataBuffer> body) {
		return Flux.defer(() -> {
			Turnstile turnstile = new Turnstile();
			return body.concatMapDelayError(turnstile::group, 0).doFinally((signal) -> turnstile.release());
		});
	}

	private Flux<Publisher<DataBuffer>> group(DataBuffer buffer) {
		this.waiting.set(buffer);
		Sinks.Empty<Publisher<DataBuffer>> taken = Sinks.empty();
		Publisher<DataBuffer> group = Flux.defer(this::take).doFinally((signal) -> taken.tryEmitEmpty());
		return Flux.concat(Mono.just(group), taken.asMono());
	}

	private Flux<DataBuffer> take() {
		return Flux.from(Mono.justOrEmpty(this.waiting.getAndSet(null)));
	}

	private void release() {
		DataBuffer left = this.waiting.getAndSet(null);
		if (left != null) {
			DataBufferUtils.release(left);
		}
	}

}
