package dev.mcpbridge.observe;

import java.util.function.IntSupplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Publishes how many grants are in use.
 */
public final class ActiveGrantsMetrics {

	/**
	 * Registers the meter.
	 * @param registry where it is published
	 * @param count counts the grants in use, whenever somebody looks
	 */
	public ActiveGrantsMetrics(MeterRegistry registry, IntSupplier count) {
		Gauge.builder("mcp.bridge.grants.active", count, IntSupplier::getAsInt)
			.description("Grants in use in this process")
			.strongReference(true)
			.register(registry);
	}

}
