package dev.mcpbridge.simulator.mcp;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The little of JQL and CQL that examples use: clauses joined by {@code AND}.
 */
record Query(List<Clause> clauses) {

	private static final Pattern CLAUSE = Pattern.compile("(\\w+)\\s*(!=|=|~|\\bin\\b)\\s*(.+)",
			Pattern.CASE_INSENSITIVE);

	static Query parse(String text) {
		String wanted = text.replaceFirst("(?i)\\s*\\border by\\b.*", "").strip();
		return new Query(Stream.of(wanted.split("(?i)\\s+and\\s+"))
			.filter((part) -> !part.isBlank())
			.map(Query::clause)
			.toList());
	}

	boolean matches(UnaryOperator<String> field) {
		return this.clauses.stream().allMatch((clause) -> clause.matches(field.apply(clause.field())));
	}

	private static Clause clause(String text) {
		Matcher matcher = CLAUSE.matcher(text.strip());
		if (!matcher.matches()) {
			throw new ToolFailure("Error in the query: '" + text + "' is not understood");
		}
		List<String> values = Stream.of(matcher.group(3).split(","))
			.map((value) -> value.replaceAll("[\"'()]", "").strip().toLowerCase(Locale.ROOT))
			.toList();
		return new Clause(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), values);
	}

	record Clause(String field, String operator, List<String> values) {

		boolean matches(String actual) {
			String text = actual.toLowerCase(Locale.ROOT);
			return switch (this.operator) {
				case "~" -> text.contains(this.values.get(0).replace("*", ""));
				case "!=" -> !this.values.contains(text);
				default -> this.values.contains(text);
			};
		}

	}

}
