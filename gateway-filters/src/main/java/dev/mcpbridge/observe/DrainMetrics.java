package dev.mcpbridge.observe;

import dev.mcpbridge.stream.StreamDrain;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Publishes whether the gateway is about to stop.
 */
public final class DrainMetrics {

	/**
	 * Registers the meter.
	 * @param registry where it is published
	 * @param drain knows
	 */
	public DrainMetrics(MeterRegistry registry, StreamDrain drain) {
		Gauge.builder("mcp.bridge.draining", drain, (known) -> known.hasBegun() ? 1 : 0)
			.description("1 while the gateway ends its streams since it is about to stop, else 0")
			.strongReference(true)
			.register(registry);
	}

}
