package dev.mcpbridge.load;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run found.
 *
 * @param at when it ended
 * @param machine on what it ran, and with what
 * @param requests what requests cost
 * @param streams what idle streams cost
 * @param floods what a flood of made-up tokens costs others
 */
record Report(String at, String machine, List<Row> requests, List<StreamRow> streams, List<FloodRow> floods) {

	static Report none(String machine) {
		return new Report(Instant.now().toString(), machine, List.of(), List.of(), List.of());
	}

	static Report ofRequests(String machine, List<Row> rows) {
		return new Report(Instant.now().toString(), machine, rows, List.of(), List.of());
	}

	static Report ofStreams(String machine, List<StreamRow> rows) {
		return new Report(Instant.now().toString(), machine, List.of(), rows, List.of());
	}

	static Report ofFloods(String machine, List<FloodRow> rows) {
		return new Report(Instant.now().toString(), machine, List.of(), List.of(), rows);
	}

	/** Adds what was found after it. */
	Report and(Report later) {
		return new Report(later.at, later.machine, joined(this.requests, later.requests),
				joined(this.streams, later.streams), joined(this.floods, later.floods));
	}

	/** Returns it as Markdown. */
	String markdown() {
		StringBuilder text = new StringBuilder("%s: %s%n".formatted(this.at.substring(0, 10), this.machine));
		if (!this.requests.isEmpty()) {
			text.append('\n').append(Table.ofRequests(this.requests));
		}
		if (!this.streams.isEmpty()) {
			text.append('\n').append(Table.ofStreams(this.streams));
		}
		if (!this.floods.isEmpty()) {
			text.append('\n').append(Table.ofFloods(this.floods));
		}
		return text.toString();
	}

	private static <T> List<T> joined(List<T> before, List<T> after) {
		return Stream.concat(before.stream(), after.stream()).toList();
	}

}
