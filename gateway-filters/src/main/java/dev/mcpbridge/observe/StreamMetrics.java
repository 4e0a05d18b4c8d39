package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.stream.StreamEnd;
import dev.mcpbridge.stream.StreamListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.web.server.ServerWebExchange;

/**
 * Counts streams, and times them from their headers to their end.
 */
public final class StreamMetrics implements StreamListener {

	private static final Duration[] STREAM_LASTS = { Duration.ofSeconds(1), Duration.ofSeconds(10),
			Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1),
			Duration.ofHours(4), Duration.ofHours(8) };

	private final AtomicInteger open = new AtomicInteger();

	private final Counter opened;

	private final MeterPerWord<StreamEnd, Timer> ended;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public StreamMetrics(MeterRegistry registry) {
		Gauge.builder("mcp.bridge.streams.open", this.open, AtomicInteger::get)
			.description("Streams that are open")
			.strongReference(true)
			.register(registry);
		this.opened = Counter.builder("mcp.bridge.streams.opened")
			.description("Streams that were opened")
			.register(registry);
		this.ended = MeterPerWord.of(StreamEnd.class,
				(end) -> Timer.builder("mcp.bridge.stream")
					.description("Streams that ended, and how long they were open")
					.tag("end", MeterPerWord.value(end))
					.serviceLevelObjectives(STREAM_LASTS)
					.register(registry));
	}

	@Override
	public void opened(ServerWebExchange exchange) {
		this.open.incrementAndGet();
		this.opened.increment();
	}

	@Override
	public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
		this.open.decrementAndGet();
		this.ended.of(end).record(lasted);
	}

}
