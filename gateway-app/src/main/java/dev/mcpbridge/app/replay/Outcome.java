package dev.mcpbridge.app.replay;

import java.util.List;

/**
 * What came of one recorded exchange.
 *
 * @param title what it is
 * @param kind how it went
 * @param why why it was left out or failed, or what else there is to know; empty if
 * nothing
 * @param differences what is otherwise
 */
record Outcome(String title, Kind kind, String why, List<Difference> differences) {

	static Outcome skipped(RecordedExchange exchange, String why) {
		return new Outcome(exchange.title(), Kind.SKIPPED, why, List.of());
	}

	static Outcome failed(RecordedExchange exchange, String why) {
		return new Outcome(exchange.title(), Kind.FAILED, why, List.of());
	}

	static Outcome compared(RecordedExchange exchange, List<Difference> differences, String note) {
		return new Outcome(exchange.title(), differences.isEmpty() ? Kind.SAME : Kind.DIFFERENT, note,
				List.copyOf(differences));
	}

	/** How it went. */
	enum Kind {

		/** As it was. */
		SAME,

		/** Otherwise. */
		DIFFERENT,

		/** It was not sent. */
		SKIPPED,

		/** There was no answer. */
		FAILED

	}

}
