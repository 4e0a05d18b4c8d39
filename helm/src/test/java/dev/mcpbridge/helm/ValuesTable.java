package dev.mcpbridge.helm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The table of the chart's values: what is written above each in {@code values.yaml}
 * after {@code # --}.
 */
final class ValuesTable {

	private static final Pattern VALUE = Pattern.compile("^( *)([A-Za-z_]+):.*");

	private static final Pattern COMMENT = Pattern.compile("^ *# (-- )?(.*)");

	private final Manifest values;

	private final List<String> rows = new ArrayList<>();

	private final List<String> undocumented = new ArrayList<>();

	private ValuesTable(Manifest values) {
		this.values = values;
	}

	/**
	 * Makes the table.
	 * @param text the whole file
	 * @return the table in Markdown
	 * @throws IllegalArgumentException if a value has nothing written above it
	 */
	static String of(String text) {
		ValuesTable table = new ValuesTable(new Manifest(Yaml.map(text)));
		table.read(text);
		if (!table.undocumented.isEmpty()) {
			throw new IllegalArgumentException("values.yaml: nothing is said of " + table.undocumented);
		}
		return "| value | default | meaning |\n|---|---|---|\n" + String.join("\n", table.rows) + "\n";
	}

	private void read(String text) {
		Deque<String> path = new ArrayDeque<>();
		StringBuilder comment = new StringBuilder();
		int documentedAbove = Integer.MAX_VALUE;
		for (String line : text.lines().toList()) {
			Matcher said = COMMENT.matcher(line);
			Matcher value = VALUE.matcher(line);
			if (said.matches()) {
				comment.append(comment.isEmpty() ? "" : " ").append(said.group(2));
			}
			else if (value.matches()) {
				int depth = value.group(1).length() / 2;
				while (path.size() > depth) {
					path.removeLast();
				}
				path.addLast(value.group(2));
				documentedAbove = (depth <= documentedAbove) ? Integer.MAX_VALUE : documentedAbove;
				if (!comment.isEmpty()) {
					add(String.join(".", path), comment.toString());
					documentedAbove = depth;
				}
				else if (documentedAbove == Integer.MAX_VALUE) {
					require(String.join(".", path));
				}
				comment.setLength(0);
			}
		}
	}

	private void add(String name, String meaning) {
		this.rows.add("| `%s` | %s | %s |".formatted(name, shown(this.values.at(name)), meaning.replace("|", "\\|")));
	}

	/** A group of values says itself what it is. */
	private void require(String name) {
		if (!(this.values.at(name) instanceof Map<?, ?> map) || map.isEmpty()) {
			this.undocumented.add(name);
		}
	}

	private static String shown(@Nullable Object value) {
		if (value == null || "".equals(value)) {
			return "";
		}
		boolean large = (value instanceof Map<?, ?> map && !map.isEmpty())
				|| (value instanceof List<?> list && !list.isEmpty());
		return large ? "see `values.yaml`" : "`" + value + "`";
	}

}
