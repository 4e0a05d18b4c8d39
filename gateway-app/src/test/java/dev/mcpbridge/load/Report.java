package dev.mcpbridge.load;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a run found.
 *
 * @param at when it ended
 * @param machine on what it ran, and with what
 * @param requests what requests cost
 * @param streams what idle streams cost
 * @param floods what a flood of made-up tokens costs others
 * @param growth what grows with the number of people
 */
record Report(String at, String machine, List<Row> requests, List<StreamRow> streams, List<FloodRow> floods,
		List<GrowthRow> growth) {

	static Report none(String machine) {
		return new Report(Instant.now().toString(), machine, List.of(), List.of(), List.of(), List.of());
	}

	static Report ofRequests(String machine, List<Row> rows) {
		return new Report(Instant.now().toString(), machine, rows, List.of(), List.of(), List.of());
	}

	static Report ofStreams(String machine, List<StreamRow> rows) {
		return new Report(Instant.now().toString(), machine, List.of(), rows, List.of(), List.of());
	}

	static Report ofFloods(String machine, List<FloodRow> rows) {
		return new Report(Instant.now().toString(), machine, List.of(), List.of(), rows, List.of());
	}

	static Report ofGrowth(String machine, List<GrowthRow> rows) {
		return new Report(Instant.now().toString(), machine, List.of(), List.of(), List.of(), rows);
	}

	/** Adds what was found after it. */
	Report and(Report later) {
		return new Report(later.at, later.machine, joined(this.requests, later.requests),
				joined(this.streams, later.streams), joined(this.floods, later.floods),
				joined(this.growth, later.growth));
	}

	/** Returns what was measured as Markdown, by the names of its tables. */
	Map<String, String> tables() {
		Map<String, String> tables = new LinkedHashMap<>();
		add(tables, "requests", this.requests, Table::ofRequests);
		add(tables, "streams", this.streams, Table::ofStreams);
		add(tables, "floods", this.floods, Table::ofFloods);
		add(tables, "growth", this.growth, Table::ofGrowth);
		return tables;
	}

	private <T> void add(Map<String, String> tables, String name, List<T> rows, Function<List<T>, String> table) {
		if (!rows.isEmpty()) {
			tables.put(name, "%s. %s.\n\n%s".formatted(this.at.substring(0, 10), this.machine, table.apply(rows)));
		}
	}

	private static <T> List<T> joined(List<T> before, List<T> after) {
		return Stream.concat(before.stream(), after.stream()).toList();
	}

}
