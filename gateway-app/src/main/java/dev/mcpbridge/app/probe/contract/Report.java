package dev.mcpbridge.app.probe.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What came of an experiment.
 *
 * @param time when it began
 * @param target the service it was done to
 * @param profile the contract it was compared with
 * @param took how long it took, waiting included
 * @param observations its rows, in their order
 */
public record Report(Instant time, String target, String profile, Duration took, List<Observation> observations) {

	public Report {
		observations = List.copyOf(observations);
	}

	/**
	 * Tells whether nothing changed and nothing failed. What was skipped says nothing.
	 * @return whether all is well
	 */
	public boolean isAsExpected() {
		return count(Verdict.CHANGED) == 0 && count(Verdict.FAILED) == 0;
	}

	/**
	 * Counts rows.
	 * @param verdict with which verdict
	 * @return how many
	 */
	public long count(Verdict verdict) {
		Predicate<Observation> wanted = (observation) -> observation.verdict() == verdict;
		return this.observations.stream().filter(wanted).count();
	}

}
