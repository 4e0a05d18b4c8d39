package dev.mcpbridge.doctor;

import java.util.List;
import java.util.stream.Collectors;

import dev.mcpbridge.catalogue.Catalogue;
import dev.mcpbridge.catalogue.ToolState;
import reactor.core.publisher.Flux;

/**
 * Looks whether the upstream's tools are what they were.
 */
public final class CatalogueCheck implements Check {

	private static final int NAMED = 3;

	private final Catalogue catalogue;

	/**
	 * Makes it.
	 * @param catalogue what is known of the tools
	 */
	public CatalogueCheck(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	@Override
	public CheckId about() {
		return CheckId.UPSTREAM_TOOLS;
	}

	/** The doctor of the command line starts no gateway, so it has seen no list. */
	@Override
	public Flux<Finding> look() {
		return Flux.defer(() -> this.catalogue.share().onErrorComplete().thenMany(Flux.defer(this::judge)));
	}

	private Flux<Finding> judge() {
		List<ToolState> tools = this.catalogue.tools();
		if (tools.isEmpty()) {
			return Flux.just(Finding.skipped(about(), "no list of tools was seen yet"));
		}
		List<ToolState> changed = tools.stream().filter((tool) -> !tool.accepted() || !tool.usable()).toList();
		if (changed.isEmpty()) {
			return Flux.just(Finding.ok(about(), "%d tools are as they were".formatted(tools.size())));
		}
		String differences = changed.stream()
			.limit(NAMED)
			.map((tool) -> "%s (%s)".formatted(tool.name(), tool.difference()))
			.collect(Collectors.joining(", "));
		return Flux.just(Finding.warning(about(),
				"%d of %d tools are not accepted: %s".formatted(changed.size(), tools.size(), differences)));
	}

}
