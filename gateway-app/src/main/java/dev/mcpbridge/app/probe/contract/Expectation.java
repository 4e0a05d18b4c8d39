package dev.mcpbridge.app.probe.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * What a contract says of one fact.
 */
sealed interface Expectation {

	boolean isMetBy(String seen);

	/** Says what is expected, for people. */
	String text();

	/**
	 * Reads what a contract says: a value, a list of values, or an object of one rule.
	 */
	static Expectation of(String fact, JsonNode said) {
		if (said.isArray()) {
			return new OneOf(said.valueStream().map(JsonNode::asString).toList());
		}
		if (said.isObject() && said.size() == 1 && said.has("matches")) {
			return new Matches(Pattern.compile(said.path("matches").asString()));
		}
		if (said.isObject() && said.size() == 1 && said.has("includes")) {
			return new Includes(said.path("includes").valueStream().map(JsonNode::asString).toList());
		}
		if (said.isValueNode() && !said.isNull()) {
			return new OneOf(List.of(said.asString()));
		}
		throw new IllegalArgumentException(
				"contract: %s: %s (expected: a value, a list, matches or includes)".formatted(fact, said));
	}

	/**
	 * One of a few values.
	 *
	 * @param values the values
	 */
	record OneOf(List<String> values) implements Expectation {

		public OneOf {
			values = List.copyOf(values);
		}

		@Override
		public boolean isMetBy(String seen) {
			return this.values.contains(seen);
		}

		@Override
		public String text() {
			return String.join(" or ", this.values);
		}

	}

	/**
	 * A value of a form.
	 *
	 * @param pattern the form of the whole value
	 */
	record Matches(Pattern pattern) implements Expectation {

		@Override
		public boolean isMetBy(String seen) {
			return this.pattern.matcher(seen).matches();
		}

		@Override
		public String text() {
			return "like " + this.pattern;
		}

	}

	/**
	 * A list with certain names in it, and maybe more.
	 *
	 * @param names the names
	 */
	record Includes(List<String> names) implements Expectation {

		public Includes {
			names = List.copyOf(names);
		}

		@Override
		public boolean isMetBy(String seen) {
			return Set.copyOf(Arrays.asList(seen.split(", "))).containsAll(this.names);
		}

		@Override
		public String text() {
			return String.join(", ", new TreeSet<>(this.names));
		}

	}

}
