package dev.mcpbridge.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.mcpbridge.testing.MetricFamily;

/**
 * The metrics our documentation knows: ours with the values of their tags, and those of
 * others by name.
 */
final class DocumentedMetrics {

	private static final Path OURS = Path.of("../gateway-filters/docs/metrics.md");

	private static final Path GUARDS = Path.of("../gateway-filters/docs/resilience.md");

	private static final Pattern NAME = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

	/** Prometheus's own. */
	private static final Set<String> PROMETHEUS = Set.of("up", "ALERTS");

	private final Map<String, MetricFamily> ours = MetricFamily.documented(OURS);

	private final Set<String> others = new TreeSet<>(PROMETHEUS);

	DocumentedMetrics() {
		for (Path page : Set.of(OURS, GUARDS)) {
			NAME.matcher(read(page)).results().forEach((name) -> this.others.add(name.group(1)));
		}
	}

	/** Returns what is asked for and not documented, in words; nothing if all is. */
	Set<String> unknownIn(PromQl query) {
		Set<String> unknown = new TreeSet<>();
		for (PromQl.Selector selector : query.selectors()) {
			MetricFamily family = this.ours.getOrDefault(selector.metric(), this.ours.get(selector.family()));
			if (family != null) {
				selector.labels().forEach((label, values) -> {
					Set<String> documented = new TreeSet<>(values);
					documented.removeAll(family.tags().getOrDefault(label, Set.of()));
					documented.forEach((value) -> unknown.add("%s{%s=\"%s\"}".formatted(family.name(), label, value)));
				});
			}
			else if (!this.others.contains(selector.metric()) && !this.others.contains(selector.family())) {
				unknown.add(selector.metric());
			}
		}
		return unknown;
	}

	private static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
