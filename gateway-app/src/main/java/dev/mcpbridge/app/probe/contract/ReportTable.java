package dev.mcpbridge.app.probe.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A report as people read it: a row for each step, and under it a line for each fact.
 */
public final class ReportTable {

	private static final int VERDICT = 13;

	private static final int FACT = 24;

	private static final int VALUE = 46;

	private final StringBuilder text = new StringBuilder();

	private ReportTable() {
	}

	/**
	 * Writes a report.
	 * @param report the report
	 * @return lines, each ended
	 */
	public static String of(Report report) {
		ReportTable table = new ReportTable();
		table.line("%s as %s, %s".formatted(report.target(), report.profile(), report.time()));
		table.line("");
		table.row("VERDICT", "STEP AND FACTS", "EXPECTED", "SEEN");
		report.observations().forEach(table::observation);
		table.line("");
		table.line("%d as expected, %d changed, %d skipped, %d failed, in %s".formatted(
				report.count(Verdict.AS_EXPECTED), report.count(Verdict.CHANGED), report.count(Verdict.SKIPPED),
				report.count(Verdict.FAILED), seconds(report.took())));
		return table.text.toString();
	}

	private void observation(Observation observation) {
		Observation.Step step = observation.step();
		line(("%-" + VERDICT + "s %s: %s, %s").formatted(observation.verdict(), step.name(), step.what(),
				seconds(step.took())));
		Set<String> facts = new LinkedHashSet<>(observation.seen().keySet());
		for (String fact : facts) {
			fact(observation, fact);
		}
		String note = observation.note();
		if (note != null) {
			wrapped(note, VALUE + VALUE).forEach((part) -> line(" ".repeat(VERDICT + 3) + part));
		}
		if (observation.verdict() == Verdict.CHANGED) {
			line(" ".repeat(VERDICT + 3) + "expected by: " + step.source());
		}
	}

	private void fact(Observation observation, String fact) {
		boolean changed = observation.changed().contains(fact);
		List<String> expected = wrapped(observation.expected().getOrDefault(fact, "-"), VALUE);
		List<String> seen = wrapped(observation.seen().getOrDefault(fact, ""), VALUE);
		for (int index = 0; index < Math.max(expected.size(), seen.size()); index++) {
			row("", (index == 0) ? (changed ? "! " : "  ") + fact : "", at(expected, index), at(seen, index));
		}
	}

	private void row(String verdict, String fact, String expected, String seen) {
		line(("%-" + VERDICT + "s %-" + FACT + "s %-" + VALUE + "s %s").formatted(verdict, fact, expected, seen));
	}

	private void line(String line) {
		this.text.append(line.stripTrailing()).append('\n');
	}

	private static String at(List<String> lines, int index) {
		return (index < lines.size()) ? lines.get(index) : "";
	}

	/** Breaks a text at its blanks, and where there are none, anywhere. */
	private static List<String> wrapped(String text, int width) {
		List<String> lines = new ArrayList<>();
		String rest = text;
		while (rest.length() > width) {
			int blank = rest.lastIndexOf(' ', width);
			int cut = (blank > 0) ? blank : width;
			lines.add(rest.substring(0, cut));
			rest = rest.substring(cut).stripLeading();
		}
		lines.add(rest);
		return lines;
	}

	private static String seconds(Duration time) {
		return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
	}

}
