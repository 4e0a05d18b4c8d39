package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * Puts comments into a silent stream of server-sent events, between two events only.
 * <p>
 * What happens is handled in a row, so a comment can neither land inside an event nor
 * pile up before a slow reader.
 */
final class Heartbeats {

	private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

	private final EventBoundary boundary = new EventBoundary();

	private final DataBufferFactory buffers;

	private final long every;

	private final Scheduler timer;

	private final LongSupplier nanoTime;

	private final Runnable sent;

	private volatile long last;

	private Heartbeats(DataBufferFactory buffers, Duration every, Scheduler timer, LongSupplier nanoTime,
			Runnable sent) {
		this.buffers = buffers;
		this.every = every.toNanos();
		this.timer = timer;
		this.nanoTime = nanoTime;
		this.sent = sent;
		this.last = nanoTime.getAsLong();
	}

	/**
	 * Keeps a stream alive.
	 * @param body the stream
	 * @param buffers makes the comments
	 * @param every how long a silence may be
	 * @param timer wakes us
	 * @param nanoTime a clock that is never set
	 * @param sent hears of each comment
	 * @return the stream with comments
	 */
	static Flux<DataBuffer> over(Flux<DataBuffer> body, DataBufferFactory buffers, Duration every, Scheduler timer,
			LongSupplier nanoTime, Runnable sent) {
		return Flux.defer(() -> {
			Heartbeats heartbeats = new Heartbeats(buffers, every, timer, nanoTime, sent);
			return Step.row(body, heartbeats.ticks()).handle(heartbeats::handle);
		});
	}

	private Flux<Step.Tick> ticks() {
		return Mono.defer(() -> Mono.delay(Duration.ofNanos(this.every - silence()), this.timer))
			.thenReturn(Step.Tick.TICK)
			.repeat();
	}

	private long silence() {
		return this.nanoTime.getAsLong() - this.last;
	}

	private void handle(Step step, SynchronousSink<DataBuffer> sink) {
		if (step instanceof Step.Bytes bytes) {
			this.boundary.advance(bytes.buffer());
			this.last = this.nanoTime.getAsLong();
			sink.next(bytes.buffer());
		}
		else if (step instanceof Step.End end) {
			end.pass(sink);
		}
		else if (silence() >= this.every) {
			this.last = this.nanoTime.getAsLong();
			if (this.boundary.isBetweenEvents()) {
				sink.next(this.buffers.wrap(COMMENT));
				this.sent.run();
			}
		}
	}

}
