package dev.mcpbridge.app.replay;

import java.util.List;

import dev.mcpbridge.app.replay.Outcome.Kind;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a replay, for people and for programs.
 *
 * @param target who was asked
 * @param outcomes what came of each exchange
 */
record ReplayReport(String target, List<Outcome> outcomes) {

	private static final int VERSION = 1;

	boolean isAsBefore() {
		return count(Kind.DIFFERENT) == 0 && count(Kind.FAILED) == 0;
	}

	/** Whether anything was compared at all. */
	boolean isEmpty() {
		return count(Kind.SKIPPED) == this.outcomes.size();
	}

	long count(Kind kind) {
		return this.outcomes.stream().filter((outcome) -> outcome.kind() == kind).count();
	}

	String text() {
		StringBuilder text = new StringBuilder();
		for (Outcome outcome : this.outcomes) {
			text.append("%-10s %s".formatted(word(outcome.kind()), outcome.title()));
			text.append(outcome.why().isEmpty() ? "" : " (" + outcome.why() + ")").append('\n');
			outcome.differences().forEach((difference) -> text.append("         ! ").append(difference).append('\n'));
		}
		return text
			.append("%n%s: %d same, %d different, %d failed, %d left out%n".formatted(this.target, count(Kind.SAME),
					count(Kind.DIFFERENT), count(Kind.FAILED), count(Kind.SKIPPED)))
			.toString();
	}

	String json() {
		ObjectNode report = JsonNodeFactory.instance.objectNode()
			.put("version", VERSION)
			.put("target", this.target)
			.put("asBefore", isAsBefore());
		ArrayNode exchanges = report.putArray("exchanges");
		for (Outcome outcome : this.outcomes) {
			ObjectNode one = exchanges.addObject()
				.put("exchange", outcome.title())
				.put("verdict", word(outcome.kind()))
				.put("note", outcome.why().isEmpty() ? null : outcome.why());
			ArrayNode differences = one.putArray("differences");
			outcome.differences()
				.forEach((difference) -> differences.addObject()
					.put("where", difference.where())
					.put("then", difference.then())
					.put("now", difference.now()));
		}
		return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
	}

	private static String word(Kind kind) {
		return switch (kind) {
			case SAME -> "same";
			case DIFFERENT -> "different";
			case SKIPPED -> "left out";
			case FAILED -> "failed";
		};
	}

}
