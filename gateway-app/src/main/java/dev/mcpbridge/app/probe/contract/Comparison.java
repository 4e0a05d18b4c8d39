package dev.mcpbridge.app.probe.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What differs between an earlier report and a later one, whatever the contract says of
 * either.
 *
 * @param differences a line for each, in the order of the later report
 */
public record Comparison(List<String> differences) {

	private static final Pattern SECONDS = Pattern.compile("\\d{1,12} s");

	private static final int JITTER = 5;

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
			if (!isSame(was, is)) {
				differences.add("%s, %s: was %s, is %s".formatted(now.step().name(), fact, was, is));
			}
		}
		return differences;
	}

	/** A gateway counts the seconds of its tokens from what is left of others. */
	private static boolean isSame(String was, String is) {
		if (!SECONDS.matcher(was).matches() || !SECONDS.matcher(is).matches()) {
			return was.equals(is);
		}
		return Math.abs(seconds(was) - seconds(is)) <= JITTER;
	}

	private static long seconds(String text) {
		return Long.parseLong(text.replace(" s", ""));
	}

}
