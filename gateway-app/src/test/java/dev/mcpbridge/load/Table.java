package dev.mcpbridge.load;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Figures as Markdown. In brackets: times what the first gateway of the same run has.
 */
final class Table {

	private static final String REQUESTS = """
			| workload | gateway | CPU µs | requests/s | p50 ms | p99 ms | at requests/s | allocated KiB | resident MiB | failed |
			|---|---|---|---|---|---|---|---|---|---|
			""";

	private static final String STREAMS = """
			| workload | gateway | heap KiB each | resident KiB each | resident MiB | lost | heartbeats |
			|---|---|---|---|---|---|---|
			""";

	private static final String FLOODS = """
			| flood | good requests/s alone | beside it | fall | forged/s | its share of CPU | CPU µs, good | CPU µs, forged | failed |
			|---|---|---|---|---|---|---|---|---|
			""";

	private static final String GROWTH = """
			| number of | gateway | there are | CPU µs | heap MiB | resident MiB | store MiB | failed |
			|---|---|---|---|---|---|---|---|
			""";

	private Table() {
	}

	static String ofRequests(List<Row> rows) {
		return REQUESTS + rows.stream().map((row) -> request(row, rows)).collect(Collectors.joining());
	}

	static String ofStreams(List<StreamRow> rows) {
		return STREAMS + rows.stream().map((row) -> stream(row, rows)).collect(Collectors.joining());
	}

	static String ofFloods(List<FloodRow> rows) {
		return FLOODS + rows.stream().map(Table::flood).collect(Collectors.joining());
	}

	static String ofGrowth(List<GrowthRow> rows) {
		return GROWTH + rows.stream().map(Table::growth).collect(Collectors.joining());
	}

	private static String request(Row row, List<Row> rows) {
		Row first = first(rows, (other) -> other.workload().equals(row.workload()));
		Figures of = row.median();
		return line(row.workload(), row.proxy(), compared("%.0f", row, first, (each) -> each.median().cpuMicros()),
				number("%.0f", of.perSecond()), number("%.2f", of.p50Millis()),
				compared("%.2f", row, first, (each) -> each.median().p99Millis()), number("%.0f", of.rate()),
				compared("%.1f", row, first, (each) -> each.median().allocated() / 1024),
				number("%.0f", of.residentMiB()), number("%.0f", of.failed()));
	}

	private static String stream(StreamRow row, List<StreamRow> rows) {
		StreamRow first = first(rows, (other) -> other.workload().equals(row.workload()));
		return line(row.workload(), row.proxy(), compared("%.1f", row, first, (each) -> each.heapEach() / 1024),
				compared("%.1f", row, first, (each) -> each.residentEach() / 1024), number("%.0f", row.residentMiB()),
				number("%.0f", row.lost()), row.heartbeats());
	}

	private static String flood(FloodRow row) {
		return line(row.proxy(), number("%.0f", row.alone()), number("%.0f", row.beside()),
				number("%.0f %%", 100 * row.fall()), number("%.0f", row.forged()), number("%.0f %%", 100 * row.share()),
				number("%.0f", row.goodMicros()), number("%.0f", row.forgedMicros()), number("%.0f", row.failed()));
	}

	private static String growth(GrowthRow row) {
		return line(row.growth(), row.proxy(), number("%,.0f", row.number()), number("%.0f", row.cpuMicros()),
				number("%.0f", row.heapMiB()), number("%.0f", row.residentMiB()), number("%.1f", row.storeMiB()),
				number("%.0f", row.failed()));
	}

	private static <T> T first(List<T> rows, Predicate<T> ofWorkload) {
		return rows.stream().filter(ofWorkload).findFirst().orElseThrow();
	}

	private static <T> String compared(String format, T row, T first, ToDoubleFunction<T> figure) {
		double value = figure.applyAsDouble(row);
		return number(format, value) + ((row != first) ? number(" (%.2f)", value / figure.applyAsDouble(first)) : "");
	}

	private static String number(String format, double value) {
		return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
	}

	private static String line(String... cells) {
		return "| %s |\n".formatted(String.join(" | ", cells));
	}

}
