package dev.mcpbridge.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * All that was seen at one time.
 *
 * @param at when
 * @param findings the findings, in the order of {@link CheckId}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(Instant at, List<Finding> findings) {

	public Report {
		findings = findings.stream().sorted(Comparator.comparing(Finding::check).thenComparing(Finding::seen)).toList();
	}

	/**
	 * Returns how bad the worst finding is; what was skipped does not count.
	 * @return {@code OK}, {@code WARNING} or {@code FAILURE}
	 */
	@JsonProperty("result")
	public Severity result() {
		return this.findings.stream()
			.map(Finding::severity)
			.filter((severity) -> severity != Severity.SKIPPED)
			.max(Comparator.naturalOrder())
			.orElse(Severity.OK);
	}

	/**
	 * Counts findings.
	 * @param severity of which severity
	 * @return how many
	 */
	public long count(Severity severity) {
		return this.findings.stream().filter((finding) -> finding.severity() == severity).count();
	}

}
