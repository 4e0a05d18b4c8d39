package dev.mcpbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A metric of ours as Prometheus knows it, read from a scrape or from our documentation.
 *
 * @param name the name
 * @param type {@code counter}, {@code gauge} or {@code histogram}
 * @param tags the values of each tag
 */
public record MetricFamily(String name, String type, Map<String, Set<String>> tags) {

	private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (mcp_bridge_\\w+) (\\w+)$");

	private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(mcp_bridge_\\w+)` \\| (\\w+) \\| ([^|]*) \\|");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	/**
	 * Reads a scrape. The greatest value of a histogram belongs to it.
	 * @param page the page
	 * @return the metrics of ours by their names
	 */
	public static Map<String, MetricFamily> scraped(String page) {
		Map<String, String> types = TYPE.matcher(page)
			.results()
			.collect(Collectors.toMap((type) -> type.group(1), (type) -> type.group(2)));
		Map<String, MetricFamily> families = new TreeMap<>();
		types.forEach((name, type) -> {
			if (!types.containsKey(name.replaceFirst("_max$", "")) || !name.endsWith("_max")) {
				families.put(name, new MetricFamily(name, type, tagsOf(name, page)));
			}
		});
		return families;
	}

	/**
	 * Reads the tables of a page of our documentation.
	 * @param page the page
	 * @return the metrics by their names
	 */
	public static Map<String, MetricFamily> documented(Path page) {
		return ROW.matcher(read(page))
			.results()
			.map((row) -> new MetricFamily(row.group(1), row.group(2), documentedTags(row.group(3))))
			.collect(Collectors.toMap(MetricFamily::name, (family) -> family, (one, other) -> {
				throw new AssertionError("twice: " + one.name());
			}, TreeMap::new));
	}

	private static Map<String, Set<String>> tagsOf(String name, String page) {
		Map<String, Set<String>> tags = new TreeMap<>();
		Pattern sample = Pattern.compile("(?m)^%s(?:_bucket|_count|_sum|_max)?\\{([^}]*)}".formatted(name));
		sample.matcher(page)
			.results()
			.flatMap((line) -> TAG.matcher(line.group(1)).results())
			.filter((tag) -> !tag.group(1).equals("le"))
			.forEach((tag) -> tags.computeIfAbsent(tag.group(1), (key) -> new TreeSet<>()).add(tag.group(2)));
		return tags;
	}

	/** Such as {@code `one`: `a`, `b`; `two`: `c`}. */
	private static Map<String, Set<String>> documentedTags(String cell) {
		Map<String, Set<String>> tags = new TreeMap<>();
		for (String tag : cell.split(";")) {
			List<String> words = CODE.matcher(tag).results().map((MatchResult word) -> word.group(1)).toList();
			if (!words.isEmpty()) {
				tags.put(words.get(0), new TreeSet<>(words.subList(1, words.size())));
			}
		}
		return tags;
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
