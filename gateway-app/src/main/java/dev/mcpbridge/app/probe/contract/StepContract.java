package dev.mcpbridge.app.probe.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is expected of one step. A fact that was not told is not judged: a token without
 * parts has no parts that stay.
 *
 * @param facts what is expected, by the name of the fact
 * @param source where that is known from
 */
record StepContract(Map<String, Expectation> facts, String source) {

	StepContract {
		facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
	}

	/** Returns what is expected, in words. */
	Map<String, String> texts() {
		Map<String, String> texts = new LinkedHashMap<>();
		this.facts.forEach((fact, expectation) -> texts.put(fact, expectation.text()));
		return texts;
	}

	/** Returns the facts that are otherwise. */
	List<String> broken(Map<String, String> seen) {
		List<String> broken = new ArrayList<>();
		seen.forEach((fact, value) -> {
			Expectation expectation = this.facts.get(fact);
			if (expectation != null && !expectation.isMetBy(value)) {
				broken.add(fact);
			}
		});
		return broken;
	}

}
