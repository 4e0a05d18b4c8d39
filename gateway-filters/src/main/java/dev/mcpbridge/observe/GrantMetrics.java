package dev.mcpbridge.observe;

import dev.mcpbridge.grant.GrantListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what happens to stored grants.
 */
public final class GrantMetrics implements GrantListener {

	private final Counter broughtBack;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public GrantMetrics(MeterRegistry registry) {
		this.broughtBack = Counter.builder("mcp.bridge.grants.brought.back")
			.description("Grants the store had lost, and has again")
			.register(registry);
	}

	@Override
	public void broughtBack() {
		this.broughtBack.increment();
	}

}
