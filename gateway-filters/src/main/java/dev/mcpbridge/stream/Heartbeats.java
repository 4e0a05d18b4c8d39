package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Puts comments into a silent stream of server-sent events, between two events only.
 * <p>
 * Bytes and ticks meet in one queue of one place each and are handled one after the
 * other, so a comment can neither land inside an event nor pile up before a slow reader.
 */
final class Heartbeats {

	private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

	private final EventBoundary boundary = new EventBoundary();

	private final DataBufferFactory buffers;

	private final long every;

	private final Scheduler timer;

	private final LongSupplier nanoTime;

	private volatile long last;

	private Heartbeats(DataBufferFactory buffers, Duration every, Scheduler timer, LongSupplier nanoTime) {
		this.buffers = buffers;
		this.every = every.toNanos();
		this.timer = timer;
		this.nanoTime = nanoTime;
		this.last = nanoTime.getAsLong();
	}

	/**
	 * Keeps a stream alive.
	 * @param body the stream
	 * @param buffers makes the comments
	 * @param every how long a silence may be
	 * @param timer wakes us
	 * @param nanoTime a clock that is never set
	 * @return the stream with comments
	 */
	static Flux<DataBuffer> over(Flux<DataBuffer> body, DataBufferFactory buffers, Duration every, Scheduler timer,
			LongSupplier nanoTime) {
		return Flux.defer(() -> {
			Heartbeats heartbeats = new Heartbeats(buffers, every, timer, nanoTime);
			return Flux.merge(1, steps(body), heartbeats.ticks())
				.handle(heartbeats::handle)
				.doOnDiscard(Bytes.class, (bytes) -> DataBufferUtils.release(bytes.buffer()));
		});
	}

	/** The end is a step too: a merge passes an error on before the bytes it holds. */
	private static Flux<Step> steps(Flux<DataBuffer> body) {
		return body.<Step>map(Bytes::new)
			.concatWith(Mono.fromSupplier(() -> new End(null)))
			.onErrorResume((ex) -> Mono.just(new End(ex)));
	}

	private Flux<Step> ticks() {
		return Mono.defer(() -> Mono.delay(Duration.ofNanos(this.every - silence()), this.timer))
			.<Step>map((tick) -> Tick.TICK)
			.repeat();
	}

	private long silence() {
		return this.nanoTime.getAsLong() - this.last;
	}

	private void handle(Step step, SynchronousSink<DataBuffer> sink) {
		if (step instanceof Bytes bytes) {
			this.boundary.advance(bytes.buffer());
			this.last = this.nanoTime.getAsLong();
			sink.next(bytes.buffer());
		}
		else if (step instanceof End end) {
			end(end.error(), sink);
		}
		else if (silence() >= this.every) {
			this.last = this.nanoTime.getAsLong();
			if (this.boundary.isBetweenEvents()) {
				sink.next(this.buffers.wrap(COMMENT));
			}
		}
	}

	private static void end(@Nullable Throwable error, SynchronousSink<DataBuffer> sink) {
		if (error != null) {
			sink.error(error);
		}
		else {
			sink.complete();
		}
	}

	/**
	 * What happens to a stream.
	 */
	private sealed interface Step {

	}

	private record Bytes(DataBuffer buffer) implements Step {

	}

	private record End(@Nullable Throwable error) implements Step {

	}

	private enum Tick implements Step {

		TICK

	}

}
