package dev.mcpbridge.app.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.mcpbridge.doctor.Finding;
import dev.mcpbridge.doctor.Report;
import dev.mcpbridge.doctor.Severity;

/**
 * A report for people: a line for each finding, what to do, and how many there are.
 *
 * @param report the report
 */
record ReportText(Report report) {

	@Override
	public String toString() {
		List<Finding> findings = this.report.findings();
		int width = findings.stream()
			.map((finding) -> finding.check().id().length())
			.max(Comparator.naturalOrder())
			.orElse(0);
		StringBuilder text = new StringBuilder();
		String group = "";
		for (Finding finding : findings) {
			if (!group.equals(finding.check().group())) {
				group = finding.check().group();
				text.append("%n%s%n".formatted(group));
			}
			text.append("  %-7s  %-${width}s  %s%n".replace("${width}", Integer.toString(width))
				.formatted(finding.severity(), finding.check().id(), finding.seen()));
		}
		return text.append(remedies(findings)).append(summary()).toString().strip();
	}

	private static String remedies(List<Finding> findings) {
		StringBuilder text = new StringBuilder();
		findings.stream()
			.filter((finding) -> finding.remedy() != null)
			.map((finding) -> "  %s: %s%n".formatted(finding.check().id(), Objects.requireNonNull(finding.remedy())))
			.distinct()
			.forEach(text::append);
		return text.isEmpty() ? "" : "%nwhat to do%n".formatted() + text;
	}

	private String summary() {
		return "%n%s: %d failed, %d warned, %d skipped, %d ok".formatted(
				this.report.result().name().toLowerCase(Locale.ROOT), this.report.count(Severity.FAILURE),
				this.report.count(Severity.WARNING), this.report.count(Severity.SKIPPED),
				this.report.count(Severity.OK));
	}

}
