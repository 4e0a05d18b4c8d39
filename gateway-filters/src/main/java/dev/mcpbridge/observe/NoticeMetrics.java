package dev.mcpbridge.observe;

import dev.mcpbridge.notice.NoticeListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts notices of the upstream that were taken from results.
 */
public final class NoticeMetrics implements NoticeListener {

	private final Counter told;

	private final Counter untold;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public NoticeMetrics(MeterRegistry registry) {
		this.told = counter(registry, true);
		this.untold = counter(registry, false);
	}

	@Override
	public void moved(int count, boolean told) {
		(told ? this.told : this.untold).increment(count);
	}

	private static Counter counter(MeterRegistry registry, boolean told) {
		return Counter.builder("mcp.bridge.notices")
			.description("Notices of the upstream that were taken from results of tools")
			.tag("header", Boolean.toString(told))
			.register(registry);
	}

}
