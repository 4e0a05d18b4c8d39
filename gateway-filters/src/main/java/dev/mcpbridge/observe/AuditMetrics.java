package dev.mcpbridge.observe;

import dev.mcpbridge.audit.AuditListener;
import dev.mcpbridge.audit.AuditSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts audit events, written and lost.
 */
public final class AuditMetrics implements AuditListener {

	private final MeterPerWord<AuditSink.Kind, Counter> written;

	private final MeterPerWord<AuditSink.Kind, Counter> failed;

	private final Counter dropped;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public AuditMetrics(MeterRegistry registry) {
		this.written = MeterPerWord.counters(AuditSink.Kind.class, registry, "mcp.bridge.audit.written",
				"Audit events that were written", "sink");
		this.failed = MeterPerWord.counters(AuditSink.Kind.class, registry, "mcp.bridge.audit.failed",
				"Audit events a sink lost, since it failed", "sink");
		this.dropped = Counter.builder("mcp.bridge.audit.dropped")
			.description("Audit events that were lost to every sink, since too many were waiting")
			.register(registry);
	}

	@Override
	public void written(AuditSink.Kind sink, int count) {
		this.written.of(sink).increment(count);
	}

	@Override
	public void failed(AuditSink.Kind sink, int count) {
		this.failed.of(sink).increment(count);
	}

	@Override
	public void dropped() {
		this.dropped.increment();
	}

}
