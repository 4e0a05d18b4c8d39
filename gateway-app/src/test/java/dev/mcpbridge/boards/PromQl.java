package dev.mcpbridge.boards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a query in PromQL asks for, as far as that can be told without running it.
 *
 * @param text the query
 */
record PromQl(String text) {

	private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})?(?![\\w:(])");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring|group_left)\\s*\\([^)]*\\)");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "by", "on", "sum", "max",
			"count");

	/** Names the metrics it selects, each with the values it wants of labels. */
	List<Selector> selectors() {
		List<Selector> selectors = new ArrayList<>();
		Matcher found = SELECTOR.matcher(GROUPING.matcher(this.text).replaceAll("").replaceAll("\\[[^]]*]", ""));
		while (found.find()) {
			String name = found.group(1);
			if (found.group(2) != null || !WORDS.contains(name) && name.contains("_") || name.equals("up")) {
				selectors.add(new Selector(name, wanted((found.group(2) != null) ? found.group(2) : "")));
			}
		}
		return selectors;
	}

	private static Map<String, Set<String>> wanted(String matchers) {
		Map<String, Set<String>> wanted = new TreeMap<>();
		MATCHER.matcher(matchers)
			.results()
			.filter((matcher) -> !matcher.group(3).contains("$"))
			.forEach((matcher) -> wanted.put(matcher.group(1),
					new TreeSet<>(Stream.of(matcher.group(3).split("\\|")).toList())));
		return wanted;
	}

	/**
	 * A metric, and the values it wants of labels.
	 *
	 * @param metric the name
	 * @param labels the values, of those labels it looks at
	 */
	record Selector(String metric, Map<String, Set<String>> labels) {

		/** The name without what a histogram adds. */
		String family() {
			return this.metric.replaceFirst("_(bucket|count|sum|max)$", "");
		}

	}

}
