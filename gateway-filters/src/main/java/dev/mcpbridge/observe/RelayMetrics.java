package dev.mcpbridge.observe;

import dev.mcpbridge.relay.MemoryRelay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Publishes how much a relay in memory holds.
 */
public final class RelayMetrics {

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 * @param relay what is looked into whenever somebody asks
	 */
	public RelayMetrics(MeterRegistry registry, MemoryRelay relay) {
		Gauge.builder("mcp.bridge.relay.channels", relay, MemoryRelay::channels)
			.description("Channels of translated sessions this process keeps")
			.strongReference(true)
			.register(registry);
		Gauge.builder("mcp.bridge.relay.held", relay, MemoryRelay::bytes)
			.description("Messages that are kept in them to be read, or read again")
			.baseUnit("bytes")
			.strongReference(true)
			.register(registry);
	}

}
