package dev.mcpbridge.stream;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A stream that stays open until somebody ends it, and can be asked to end.
 * <p>
 * Once asked, it ends in good order after the event that is under way. If that is not
 * over in {@link #MOMENT a moment}, it breaks off, so that nobody takes half an event for
 * a whole one.
 */
final class StandingStream {

	/** How long an event may go on after the stream was asked to end. */
	static final Duration MOMENT = Duration.ofSeconds(1);

	private final Scheduler timer;

	private final Sinks.Empty<Void> asked = Sinks.empty();

	private final EventBoundary boundary = new EventBoundary();

	/** Known to those only who handle steps, one after the other. */
	private boolean ending;

	private volatile boolean drained;

	StandingStream(Scheduler timer) {
		this.timer = timer;
	}

	/** Asks it to end, now or as soon as it begins. */
	void ask() {
		this.asked.tryEmitEmpty();
	}

	/** Tells whether it ended since it was asked to. */
	boolean isDrained() {
		return this.drained;
	}

	/**
	 * Makes a stream end when it is asked to.
	 * @param body the stream, once
	 * @return what there is of it
	 */
	Flux<DataBuffer> over(Flux<DataBuffer> body) {
		Mono<Step.Tick> first = this.asked.asMono().thenReturn(Step.Tick.TICK);
		Mono<Step.Tick> second = Mono.delay(MOMENT, this.timer).thenReturn(Step.Tick.TICK);
		return Step.row(body, first.concatWith(second)).handle(this::handle);
	}

	private void handle(Step step, SynchronousSink<DataBuffer> sink) {
		if (step instanceof Step.Bytes bytes) {
			pass(bytes.buffer(), sink);
		}
		else if (step instanceof Step.End end) {
			end.pass(sink);
		}
		else if (this.boundary.isBetweenEvents()) {
			end(sink);
		}
		else if (this.ending) {
			this.drained = true;
			sink.error(new DrainedException());
		}
		else {
			this.ending = true;
		}
	}

	private void pass(DataBuffer buffer, SynchronousSink<DataBuffer> sink) {
		int over = this.ending ? this.boundary.endOfEvent(buffer) : -1;
		if (over >= 0) {
			sink.next(buffer.split(over));
			DataBufferUtils.release(buffer);
			end(sink);
		}
		else {
			if (!this.ending) {
				this.boundary.advance(buffer);
			}
			sink.next(buffer);
		}
	}

	private void end(SynchronousSink<DataBuffer> sink) {
		this.drained = true;
		sink.complete();
	}

}
