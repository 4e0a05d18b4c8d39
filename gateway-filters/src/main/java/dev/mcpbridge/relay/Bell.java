package dev.mcpbridge.relay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Wakes one reader. It may be rung while the reader looks: the reader says which ring it
 * heard before it looked, and does not wait if there was another one since.
 */
final class Bell {

	private final AtomicInteger rings = new AtomicInteger();

	private final AtomicReference<@Nullable MonoSink<Boolean>> waiting = new AtomicReference<>();

	int rings() {
		return this.rings.get();
	}

	void ring() {
		this.rings.incrementAndGet();
		wake();
	}

	/** Ends when it was rung after those the reader heard. */
	Mono<Boolean> after(int heard) {
		return Mono.create((sink) -> {
			this.waiting.set(sink);
			if (this.rings.get() != heard) {
				wake();
			}
		});
	}

	private void wake() {
		MonoSink<Boolean> sink = this.waiting.getAndSet(null);
		if (sink != null) {
			sink.success(true);
		}
	}

}
