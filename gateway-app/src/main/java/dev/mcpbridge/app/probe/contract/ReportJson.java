package dev.mcpbridge.app.probe.contract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report as programs read it. The schema is in {@code gateway-app/docs/probe.md}.
 */
public final class ReportJson {

	private static final int VERSION = 1;

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private ReportJson() {
	}

	/**
	 * Writes a report.
	 * @param report the report
	 * @return a JSON document, indented
	 */
	public static String write(Report report) {
		ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", VERSION);
		root.put("time", report.time().toString());
		root.put("target", report.target());
		root.put("profile", report.profile());
		root.put("asExpected", report.isAsExpected());
		root.put("took", report.took().toString());
		report.observations().forEach((observation) -> write(observation, root.withArray("steps").addObject()));
		return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
	}

	/**
	 * Reads a report.
	 * @param text what {@link #write} wrote
	 * @return the report
	 * @throws IllegalArgumentException if the text is none
	 */
	public static Report read(String text) {
		try {
			JsonNode root = MAPPER.readTree(text);
			if (root.path("version").asInt(0) != VERSION) {
				throw new IllegalArgumentException(
						"version: %s (expected: %d)".formatted(root.path("version"), VERSION));
			}
			List<Observation> observations = new ArrayList<>();
			root.path("steps").forEach((step) -> observations.add(observation(step)));
			return new Report(Instant.parse(text(root, "time")), text(root, "target"), text(root, "profile"),
					Duration.parse(text(root, "took")), observations);
		}
		catch (JacksonException | DateTimeException ex) {
			throw new IllegalArgumentException("not a report of the probe", ex);
		}
	}

	private static void write(Observation observation, ObjectNode node) {
		node.put("step", observation.step().name());
		node.put("what", observation.step().what());
		node.put("verdict", observation.verdict().toString());
		node.set("expected", MAPPER.valueToTree(observation.expected()));
		node.set("seen", MAPPER.valueToTree(observation.seen()));
		node.set("changed", MAPPER.valueToTree(observation.changed()));
		node.put("note", observation.note());
		node.put("source", observation.step().source());
		node.put("took", observation.step().took().toString());
	}

	private static Observation observation(JsonNode node) {
		List<String> changed = node.path("changed").valueStream().map(JsonNode::asString).toList();
		Observation.Step step = new Observation.Step(text(node, "step"), text(node, "what"), text(node, "source"),
				Duration.parse(text(node, "took")));
		String note = node.path("note").isString() ? node.path("note").stringValue() : null;
		return new Observation(step, verdict(text(node, "verdict")), texts(node.path("expected")),
				texts(node.path("seen")), changed, note);
	}

	private static Map<String, String> texts(JsonNode node) {
		Map<String, String> texts = new LinkedHashMap<>();
		node.properties().forEach((member) -> texts.put(member.getKey(), member.getValue().asString()));
		return texts;
	}

	private static Verdict verdict(String words) {
		for (Verdict verdict : Verdict.values()) {
			if (verdict.toString().equals(words)) {
				return verdict;
			}
		}
		throw new IllegalArgumentException("verdict: %s (expected: as expected, changed, …)".formatted(words));
	}

	private static String text(JsonNode node, String member) {
		if (!node.path(member).isString()) {
			throw new IllegalArgumentException("%s: none (expected: a text)".formatted(member));
		}
		return node.path(member).stringValue();
	}

}
