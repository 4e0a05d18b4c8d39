package dev.mcpbridge.policy.rule;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out where a call acts.
 * <p>
 * Only the argument of which it is known that the tool goes by it locates a call: a
 * stranger's argument beside it could be ignored by the tool. But whatever names a place,
 * at any depth and in any spelling, has to be understood and counts too, since the tool
 * may go by that.
 */
final class PlaceReader {

	/** Jira takes keys in any case, and writes them in capitals. */
	private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

	private static final Pattern ISSUE = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)-\\d+");

	private static final Pattern NUMBER = Pattern.compile("~?[A-Za-z0-9_.-]+");

	/** Members that lead anywhere. */
	private static final Set<String> QUERIES = Set.of("jql", "cql", "query", "filter", "filterid");

	private static final Pattern PROJECT_MEMBER = Pattern
		.compile("projects?|projects?(key|id|idorkey|keyorid)s?|new(project)(key|id)?|destinationproject(key|id)?");

	private static final Pattern ISSUE_MEMBER = Pattern.compile(
			"issues?|issues?(key|id|idorkey|keyorid)s?|parent|parent(key|issue|issuekey|issueid)|epic|epic(key|link)"
					+ "|(inward|outward|source|target|linked)issue(key|id|idorkey)?");

	private static final Pattern SPACE_MEMBER = Pattern
		.compile("spaces?|spaces?(key|id|idorkey|keyorid)s?|(destination|target|new)space(key|id)?");

	private final Map<Pattern, Kind> members;

	private final Set<String> names = new HashSet<>();

	private boolean obscure;

	private PlaceReader(Map<Pattern, Kind> members) {
		this.members = members;
	}

	/** Finds the Jira projects a call acts in. */
	static Place projects(ObjectNode arguments, boolean byIssue, String locator) {
		PlaceReader reader = new PlaceReader(Map.of(PROJECT_MEMBER, Kind.PROJECT, ISSUE_MEMBER, Kind.ISSUE));
		return reader.read(arguments, byIssue ? Kind.ISSUE : Kind.PROJECT, locator);
	}

	/** Finds the Confluence spaces a call acts in. */
	static Place spaces(ObjectNode arguments, String locator) {
		return new PlaceReader(Map.of(SPACE_MEMBER, Kind.SPACE)).read(arguments, Kind.SPACE, locator);
	}

	private Place read(ObjectNode arguments, Kind kind, String locator) {
		JsonNode locating = arguments.path(locator);
		if (!locating.isMissingNode()) {
			value(locating, kind);
		}
		boolean located = !this.names.isEmpty();
		arguments.properties().forEach((member) -> member(member.getKey(), member.getValue()));
		return new Place(located, this.names, this.obscure);
	}

	private void member(String name, JsonNode value) {
		String plain = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
		if (QUERIES.contains(plain)) {
			this.obscure = true;
		}
		this.members.forEach((pattern, kind) -> {
			if (pattern.matcher(plain).matches()) {
				value(value, kind);
			}
		});
		inside(value);
	}

	private void inside(JsonNode value) {
		if (value.isObject()) {
			value.properties().forEach((member) -> member(member.getKey(), member.getValue()));
		}
		else if (value.isArray()) {
			value.values().forEach(this::inside);
		}
		else if (value.isString() && looksLikeJson(value.stringValue())) {
			// a tool may read it as the object it looks like
			this.obscure = true;
		}
	}

	private static boolean looksLikeJson(String text) {
		String begin = text.strip();
		return begin.startsWith("{") && begin.endsWith("}");
	}

	private void value(JsonNode value, Kind kind) {
		if (value.isObject()) {
			value(value.has("key") ? value.path("key") : value.path("id"), kind);
		}
		else if (value.isArray()) {
			value.values().forEach((element) -> value(element, kind));
		}
		else if (value.isString()) {
			text(value.stringValue().strip(), kind);
		}
		else if (!value.isNull()) {
			number(value.isIntegralNumber() ? value.asString() : "", kind);
		}
	}

	private void text(String text, Kind kind) {
		Matcher issue = ISSUE.matcher(text);
		if (kind == Kind.ISSUE && issue.matches()) {
			this.names.add(issue.group(1).toUpperCase(Locale.ROOT));
		}
		else if (kind == Kind.PROJECT && KEY.matcher(text).matches()) {
			this.names.add(text.toUpperCase(Locale.ROOT));
		}
		else {
			number(text, kind);
		}
	}

	/** A space may be named by its number, which is compared as any other name. */
	private void number(String text, Kind kind) {
		if (kind == Kind.SPACE && NUMBER.matcher(text).matches()) {
			this.names.add(text.toUpperCase(Locale.ROOT));
		}
		else {
			this.obscure = true;
		}
	}

	/** What a member names. */
	private enum Kind {

		PROJECT, ISSUE, SPACE

	}

}
