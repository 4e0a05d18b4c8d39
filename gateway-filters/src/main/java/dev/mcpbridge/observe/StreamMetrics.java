package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.stream.StreamEnd;
import dev.mcpbridge.stream.StreamKind;
import dev.mcpbridge.stream.StreamListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.web.server.ServerWebExchange;

/**
 * Counts streams and what passes them, and times them from their headers to their end.
 */
public final class StreamMetrics implements StreamListener {

	private static final Duration[] STREAM_LASTS = { Duration.ofSeconds(1), Duration.ofSeconds(10),
			Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1),
			Duration.ofHours(4), Duration.ofHours(8) };

	private static final Duration[] STREAM_WAITS = { Duration.ofMillis(50), Duration.ofMillis(100),
			Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500),
			Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1) };

	private final MeterPerWord<StreamKind, AtomicInteger> open;

	private final MeterPerWord<StreamKind, Counter> opened;

	private final MeterPerWord<StreamKind, Timer> firstByte;

	private final MeterPerWord<StreamEnd, Timer> ended;

	private final Counter events;

	private final Counter heartbeats;

	private final Counter refused;

	private final Counter oversized;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public StreamMetrics(MeterRegistry registry) {
		this.open = MeterPerWord.of(StreamKind.class, (kind) -> open(registry, kind));
		this.opened = MeterPerWord.counters(StreamKind.class, registry, "mcp.bridge.streams.opened",
				"Streams that were opened", "kind");
		this.firstByte = MeterPerWord.of(StreamKind.class,
				(kind) -> Timer.builder("mcp.bridge.stream.first.byte")
					.description("How long clients waited until a stream opened")
					.tag("kind", MeterPerWord.value(kind))
					.serviceLevelObjectives(STREAM_WAITS)
					.register(registry));
		this.ended = MeterPerWord.of(StreamEnd.class,
				(end) -> Timer.builder("mcp.bridge.stream")
					.description("Streams that ended, and how long they were open")
					.tag("end", MeterPerWord.value(end))
					.serviceLevelObjectives(STREAM_LASTS)
					.register(registry));
		this.events = counter(registry, "mcp.bridge.stream.events", "Events of the upstream that passed");
		this.heartbeats = counter(registry, "mcp.bridge.stream.heartbeats",
				"Comments that were sent while the upstream was silent");
		this.refused = counter(registry, "mcp.bridge.streams.refused",
				"Requests for a stream that were refused, since the gateway was about to stop");
		this.oversized = counter(registry, "mcp.bridge.requests.oversized",
				"Requests that were refused, since their body was too large");
	}

	@Override
	public void opened(ServerWebExchange exchange, Duration waited) {
		StreamKind kind = StreamKind.of(exchange.getRequest());
		this.open.of(kind).incrementAndGet();
		this.opened.of(kind).increment();
		this.firstByte.of(kind).record(waited);
	}

	@Override
	public void events(ServerWebExchange exchange, int count) {
		this.events.increment(count);
	}

	@Override
	public void heartbeat(ServerWebExchange exchange) {
		this.heartbeats.increment();
	}

	@Override
	public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
		this.open.of(StreamKind.of(exchange.getRequest())).decrementAndGet();
		this.ended.of(end).record(lasted);
	}

	@Override
	public void refused(ServerWebExchange exchange) {
		this.refused.increment();
	}

	@Override
	public void oversized(ServerWebExchange exchange) {
		this.oversized.increment();
	}

	private static AtomicInteger open(MeterRegistry registry, StreamKind kind) {
		AtomicInteger open = new AtomicInteger();
		Gauge.builder("mcp.bridge.streams.open", open, AtomicInteger::get)
			.description("Streams that are open")
			.tag("kind", MeterPerWord.value(kind))
			.strongReference(true)
			.register(registry);
		return open;
	}

	private static Counter counter(MeterRegistry registry, String name, String description) {
		return Counter.builder(name).description(description).register(registry);
	}

}
