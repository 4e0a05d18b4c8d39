package dev.mcpbridge.app.probe.contract;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One row of the report.
 *
 * @param step what was done
 * @param verdict what to think of it
 * @param expected what the contract says, by the name of the fact
 * @param seen what was seen, by the name of the fact
 * @param changed the facts that are not as expected
 * @param note why it was skipped or failed, or what else there is to know; {@code null}
 * if nothing
 */
public record Observation(Step step, Verdict verdict, Map<String, String> expected, Map<String, String> seen,
		List<String> changed, @Nullable String note) {

	public Observation {
		expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
		seen = Collections.unmodifiableMap(new LinkedHashMap<>(seen));
		changed = List.copyOf(changed);
	}

	/**
	 * What was done.
	 *
	 * @param name the name of the step
	 * @param what what it did, in words
	 * @param source where the expectation comes from
	 * @param took how long it took, waiting included
	 */
	public record Step(String name, String what, String source, Duration took) {
	}

}
