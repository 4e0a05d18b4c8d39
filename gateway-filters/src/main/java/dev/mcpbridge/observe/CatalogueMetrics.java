package dev.mcpbridge.observe;

import dev.mcpbridge.catalogue.CatalogueListener;
import dev.mcpbridge.catalogue.ToolChange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what is new about the upstream's tools, and what a pin kept back for it.
 */
public final class CatalogueMetrics implements CatalogueListener {

	private final MeterPerWord<ToolChange.Kind, Counter> changes;

	private final Counter hidden;

	private final Counter refused;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public CatalogueMetrics(MeterRegistry registry) {
		this.changes = MeterPerWord.counters(ToolChange.Kind.class, registry, "mcp.bridge.catalogue.changes",
				"Texts of upstream tools that were never seen before", "kind");
		this.hidden = Counter.builder("mcp.bridge.catalogue.hidden")
			.description("Tools taken from lists, since their text is not accepted")
			.register(registry);
		this.refused = Counter.builder("mcp.bridge.catalogue.refused")
			.description("Requests refused, since the text of a tool they call is not accepted")
			.register(registry);
	}

	@Override
	public void changed(ToolChange change) {
		this.changes.of(change.kind()).increment();
	}

	@Override
	public void hidden(int count) {
		this.hidden.increment(count);
	}

	@Override
	public void refused() {
		this.refused.increment();
	}

}
