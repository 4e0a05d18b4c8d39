package dev.mcpbridge.load;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The figures as Markdown. In brackets: times what the bare gateway of the same run has.
 */
final class Table {

	private static final String HEAD = """
			| workload | gateway | CPU µs | requests/s | p50 ms | p99 ms | at requests/s | allocated KiB | resident MiB | failed |
			|---|---|---|---|---|---|---|---|---|---|
			""";

	private Table() {
	}

	static String of(List<Row> rows) {
		return HEAD + rows.stream().map((row) -> line(row, bare(rows, row))).collect(Collectors.joining());
	}

	private static String line(Row row, Optional<Figures> bare) {
		Figures of = row.median();
		return "| %s | %s | %s | %.0f | %.2f | %s | %.0f | %s | %.0f | %.0f |%n".formatted(row.workload(), row.proxy(),
				compared(of, bare, "%.0f", Figures::cpuMicros), of.perSecond(), of.p50Millis(),
				compared(of, bare, "%.2f", Figures::p99Millis), of.rate(),
				compared(of, bare, "%.1f", (figures) -> figures.allocated() / 1024), of.residentMiB(), of.failed());
	}

	private static String compared(Figures of, Optional<Figures> bare, String format,
			ToDoubleFunction<Figures> figure) {
		double value = figure.applyAsDouble(of);
		String ratio = bare.filter((other) -> other != of)
			.map((other) -> String.format(Locale.ROOT, " (%.2f)", value / figure.applyAsDouble(other)))
			.orElse("");
		return String.format(Locale.ROOT, format, value) + ratio;
	}

	private static Optional<Figures> bare(List<Row> rows, Row row) {
		return rows.stream()
			.filter((other) -> other.workload().equals(row.workload()) && other.proxy().equals("bare"))
			.map(Row::median)
			.findFirst();
	}

}
