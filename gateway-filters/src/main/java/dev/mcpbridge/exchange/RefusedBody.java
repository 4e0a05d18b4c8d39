package dev.mcpbridge.exchange;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * What the upstream says when it refuses, which nobody reads.
 */
public final class RefusedBody {

	/**
	 * A refused body longer than this is not read to its end; its connection is closed.
	 */
	private static final int MAX_DISCARDED = 64 * 1024;

	/** Nobody waits longer for a challenge because a refused body goes on. */
	private static final Duration MAX_DISCARDING = Duration.ofSeconds(1);

	private RefusedBody() {
	}

	/**
	 * Reads on so that the upstream connection can be used again, but not for ever.
	 * @param body the body
	 * @return when it is read or left; never an error
	 */
	public static Mono<Void> discard(Flux<? extends DataBuffer> body) {
		AtomicLong seen = new AtomicLong();
		return Flux.<DataBuffer>from(body)
			.takeUntil((buffer) -> seen.addAndGet(buffer.readableByteCount()) > MAX_DISCARDED)
			.doOnNext(DataBufferUtils::release)
			.take(MAX_DISCARDING)
			.onErrorComplete()
			.then();
	}

}
