package dev.mcpbridge.observe;

import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.record.RecordListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what is recorded, and what is missing there.
 */
public final class RecordMetrics implements RecordListener {

	private final AtomicInteger active = new AtomicInteger();

	private final Counter lines;

	private final Counter bytes;

	private final MeterPerWord<Drop, Counter> dropped;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public RecordMetrics(MeterRegistry registry) {
		Gauge.builder("mcp.bridge.record.active", this.active, AtomicInteger::get)
			.description("Recordings of traffic that go on in this process")
			.strongReference(true)
			.register(registry);
		this.lines = Counter.builder("mcp.bridge.record.lines")
			.description("Lines of traffic that were written")
			.register(registry);
		this.bytes = Counter.builder("mcp.bridge.record.written")
			.description("Bytes of traffic that were written")
			.baseUnit("bytes")
			.register(registry);
		this.dropped = MeterPerWord.counters(Drop.class, registry, "mcp.bridge.record.dropped",
				"Pieces and lines of traffic that were to be recorded and are not", "why");
	}

	@Override
	public void switched(int active) {
		this.active.set(active);
	}

	@Override
	public void written(int bytes) {
		this.lines.increment();
		this.bytes.increment(bytes);
	}

	@Override
	public void dropped(Drop why) {
		this.dropped.of(why).increment();
	}

}
