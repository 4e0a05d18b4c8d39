package dev.mcpbridge.app.probe.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differs between an earlier report and a later one, whatever the contract says of
 * either.
 *
 * @param differences a line for each, in the order of the later report
 */
public record Comparison(List<String> differences) {

	public Comparison {
		differences = List.copyOf(differences);
	}

	/**
	 * Compares two reports. Steps that only one of them did say nothing.
	 * @param earlier the earlier one
	 * @param later the later one
	 * @return what differs
	 */
	public static Comparison of(Report earlier, Report later) {
		List<String> differences = new ArrayList<>();
		if (!earlier.profile().equals(later.profile())) {
			differences.add("profile: was %s, is %s".formatted(earlier.profile(), later.profile()));
		}
		Map<String, Observation> before = new LinkedHashMap<>();
		earlier.observations().forEach((observation) -> before.put(observation.step().name(), observation));
		for (Observation now : later.observations()) {
			Observation then = before.get(now.step().name());
			if (then != null && then.verdict() != Verdict.SKIPPED && now.verdict() != Verdict.SKIPPED) {
				differences.addAll(between(then, now));
			}
		}
		return new Comparison(differences);
	}

	/**
	 * Says it to people.
	 * @return lines, each ended
	 */
	public String text() {
		return this.differences.isEmpty() ? "Nothing changed since then.\n"
				: "Changed since then:\n  " + String.join("\n  ", this.differences) + "\n";
	}

	private static List<String> between(Observation then, Observation now) {
		List<String> differences = new ArrayList<>();
		if (then.verdict() == Verdict.FAILED || now.verdict() == Verdict.FAILED) {
			if (then.verdict() != now.verdict()) {
				differences.add("%s: was %s, is %s".formatted(now.step().name(), then.verdict(), now.verdict()));
			}
			return differences;
		}
		Set<String> facts = new LinkedHashSet<>(now.seen().keySet());
		facts.addAll(then.seen().keySet());
		for (String fact : facts) {
			String was = then.seen().getOrDefault(fact, "not seen");
			String is = now.seen().getOrDefault(fact, "not seen");
			if (!was.equals(is)) {
				differences.add("%s, %s: was %s, is %s".formatted(now.step().name(), fact, was, is));
			}
		}
		return differences;
	}

}
