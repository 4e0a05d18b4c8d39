package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import dev.mcpbridge.stream.StreamDrain;

import org.springframework.context.SmartLifecycle;

/**
 * Lets open streams end in order before the web server stops: by then the gateway says
 * that it is not ready, and still answers.
 */
final class StreamsAtTheEnd extends AtTheEnd {

	/**
	 * The web server stops in a lower phase, the default less 1024: it would wait for
	 * streams to end, and then cut them.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private final StreamDrain drain;

	/**
	 * Checks that there will be enough time.
	 * @param drain ends streams
	 * @param deadline how long they go on first
	 * @param phase how long Spring waits for us
	 */
	StreamsAtTheEnd(StreamDrain drain, Duration deadline, Duration phase) {
		super(PHASE);
		if (StreamDrain.longest(deadline).compareTo(phase) > 0) {
			throw new IllegalArgumentException(
					"mcp.bridge.stream.drain: %s (expected: so short that it, a quarter of it up to 5s, and 1s are within spring.lifecycle.timeout-per-shutdown-phase, which is %s)"
						.formatted(deadline, phase));
		}
		this.drain = drain;
	}

	@Override
	void end(Runnable ended) {
		this.drain.begin(ended);
	}

}
