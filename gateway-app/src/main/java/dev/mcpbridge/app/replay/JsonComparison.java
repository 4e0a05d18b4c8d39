package dev.mcpbridge.app.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Compares answers by their shape: which keys there are, and of which types.
 * <p>
 * The elements of an array are taken together, since how many there are is content; but
 * what has a name, such as tools, is compared one by one, and a list of tools by its
 * values too: it is what clients go by. JSON in a text is compared like any other. What
 * was redacted is equal to anything.
 *
 * @param values whether values are compared as well
 */
record JsonComparison(boolean values) {

	private static final String NONE = "none";

	private static final Set<String> CATALOGUES = Set.of("tools", "prompts", "resourceTemplates");

	private static final int SHOWN = 80;

	/**
	 * Compares two answers.
	 * @param where their place
	 * @param then what was recorded
	 * @param now what came
	 * @return what is otherwise
	 */
	List<Difference> compare(String where, JsonNode then, JsonNode now) {
		List<Difference> found = new ArrayList<>();
		compare(where, List.of(then), List.of(now), found);
		return found;
	}

	private void compare(String where, List<JsonNode> then, List<JsonNode> now, List<Difference> found) {
		Set<String> before = types(then);
		Set<String> after = types(now);
		if (then.isEmpty() || now.isEmpty()) {
			return;
		}
		if (before.stream().noneMatch(after::contains)) {
			found.add(new Difference(where, String.join(" or ", before), String.join(" or ", after)));
			return;
		}
		objects(where, only(then, JsonNode::isObject), only(now, JsonNode::isObject), found);
		arrays(where, only(then, JsonNode::isArray), only(now, JsonNode::isArray), found);
		texts(where, only(then, JsonNode::isString), only(now, JsonNode::isString), found);
		if (this.values && then.size() == 1 && now.size() == 1 && then.get(0).isValueNode() && inside(then).isEmpty()) {
			value(where, then.get(0), now.get(0), found);
		}
	}

	private void objects(String where, List<JsonNode> then, List<JsonNode> now, List<Difference> found) {
		if (then.isEmpty() || now.isEmpty()) {
			return;
		}
		Set<String> names = new LinkedHashSet<>();
		then.forEach((object) -> names.addAll(object.propertyNames()));
		now.forEach((object) -> names.addAll(object.propertyNames()));
		for (String name : names) {
			List<JsonNode> before = members(then, name);
			List<JsonNode> after = members(now, name);
			String place = where + "." + name;
			if (before.isEmpty() && after.size() == now.size()) {
				found.add(new Difference(place, NONE, described(after)));
			}
			else if (after.isEmpty() && before.size() == then.size()) {
				found.add(new Difference(place, described(before), NONE));
			}
			else {
				boolean catalogue = CATALOGUES.contains(name);
				(catalogue ? new JsonComparison(true) : this).compare(place, before, after, found);
			}
		}
	}

	private void arrays(String where, List<JsonNode> then, List<JsonNode> now, List<Difference> found) {
		List<JsonNode> before = elements(then);
		List<JsonNode> after = elements(now);
		if (isNamed(before) && isNamed(after) && this.values) {
			named(where, before, after, found);
		}
		else if (this.values && then.size() == 1 && now.size() == 1) {
			inOrder(where, before, after, found);
		}
		else {
			compare(where + "[]", before, after, found);
		}
	}

	private void named(String where, List<JsonNode> then, List<JsonNode> now, List<Difference> found) {
		Map<String, JsonNode> before = byName(then);
		Map<String, JsonNode> after = byName(now);
		Set<String> names = new TreeSet<>(before.keySet());
		names.addAll(after.keySet());
		for (String name : names) {
			JsonNode one = before.get(name);
			JsonNode other = after.get(name);
			String place = where + "[" + name + "]";
			if (one == null || other == null) {
				found.add(new Difference(place, (one != null) ? "there" : NONE, (other != null) ? "there" : NONE));
			}
			else {
				compare(place, List.of(one), List.of(other), found);
			}
		}
	}

	private void inOrder(String where, List<JsonNode> then, List<JsonNode> now, List<Difference> found) {
		if (then.size() != now.size()) {
			found.add(new Difference(where, then.size() + " elements", now.size() + " elements"));
		}
		for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
			compare(where + "[" + i + "]", List.of(then.get(i)), List.of(now.get(i)), found);
		}
	}

	/** Tools answer with JSON as a text, often. */
	private void texts(String where, List<JsonNode> then, List<JsonNode> now, List<Difference> found) {
		List<JsonNode> before = inside(then);
		List<JsonNode> after = inside(now);
		if (before.isEmpty()
				|| then.stream().anyMatch((text) -> RecordedExchange.PSEUDONYM.matcher(text.asString()).matches())) {
			return;
		}
		if (after.isEmpty()) {
			found.add(new Difference(where, "JSON in a text", "text"));
		}
		else {
			compare(where + "{}", before, after, found);
		}
	}

	private static void value(String where, JsonNode then, JsonNode now, List<Difference> found) {
		boolean equal = then.isString() ? sameText(then.asString(), now.asString("")) : then.equals(now);
		if (!equal) {
			found.add(new Difference(where, shortened(then), shortened(now)));
		}
	}

	/** What was redacted may have been anything. */
	private static boolean sameText(String then, String now) {
		if (then.equals(now) || !RecordedExchange.PSEUDONYM.matcher(then).find()) {
			return then.equals(now);
		}
		String[] parts = RecordedExchange.PSEUDONYM.split(then, -1);
		String pattern = List.of(parts).stream().map(Pattern::quote).collect(Collectors.joining("(?s:.*)"));
		return now.matches(pattern);
	}

	private static List<JsonNode> inside(List<JsonNode> texts) {
		return texts.stream().map(JsonComparison::parsed).filter((node) -> node.isContainer()).toList();
	}

	private static JsonNode parsed(JsonNode text) {
		String content = text.asString("");
		try {
			return (content.startsWith("{") || content.startsWith("[")) ? JsonMapper.shared().readTree(content)
					: MissingNode.getInstance();
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	private static boolean isNamed(List<JsonNode> elements) {
		return !elements.isEmpty() && elements.stream().allMatch((element) -> element.path("name").isString())
				&& byName(elements).size() == elements.size();
	}

	private static Map<String, JsonNode> byName(List<JsonNode> elements) {
		return elements.stream()
			.collect(Collectors.toMap((element) -> element.path("name").asString(), Function.identity(),
					(one, next) -> next, LinkedHashMap::new));
	}

	private static List<JsonNode> members(List<JsonNode> objects, String name) {
		return objects.stream().filter((object) -> object.has(name)).map((object) -> object.path(name)).toList();
	}

	private static List<JsonNode> elements(List<JsonNode> arrays) {
		return arrays.stream().flatMap(JsonNode::valueStream).toList();
	}

	private static List<JsonNode> only(List<JsonNode> nodes, Predicate<JsonNode> wanted) {
		return nodes.stream().filter(wanted).toList();
	}

	private String described(List<JsonNode> nodes) {
		return (this.values && nodes.size() == 1) ? shortened(nodes.get(0)) : String.join(" or ", types(nodes));
	}

	private static Set<String> types(List<JsonNode> nodes) {
		return nodes.stream()
			.map((node) -> node.getNodeType().name().toLowerCase(Locale.ROOT))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String shortened(JsonNode node) {
		String text = node.toString();
		return (text.length() <= SHOWN) ? text : text.substring(0, SHOWN) + "…";
	}

}
