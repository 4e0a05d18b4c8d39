package dev.mcpbridge.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of the tools of all upstreams.
 *
 * @param tools the tools by their names
 */
record KnownTools(Map<String, KnownTool> tools) {

	static final KnownTools NONE = new KnownTools(Map.of());

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int MOST = 1000;

	KnownTools {
		tools = new TreeMap<>(tools);
	}

	static KnownTools parse(String text) {
		return JSON.readValue(text, KnownTools.class);
	}

	String text() {
		return JSON.writeValueAsString(this);
	}

	/** Sees a page of a list: what is not in it stays as it is. */
	Seen see(List<ObjectNode> page, Instant now) {
		Map<String, KnownTool> next = new TreeMap<>(this.tools);
		List<ToolChange> changes = new ArrayList<>();
		for (ObjectNode tool : page) {
			String name = tool.path("name").asString("");
			KnownTool known = next.get(name);
			ToolText text = ToolText.of(tool, now);
			if (known == null && next.size() < MOST) {
				next.put(name, KnownTool.first(name, text));
				changes.add(ToolChange.added(name, this.tools.isEmpty()));
			}
			else if (known != null && !known.latest().equals(text.hash())) {
				KnownTool changed = known.seen(text);
				next.put(name, changed);
				if (!known.knows(text.hash())) {
					changes.add(ToolChange.changed(changed));
				}
			}
		}
		return new Seen(new KnownTools(next), changes);
	}

	/** Takes the latest texts of some tools for good. */
	KnownTools accept(Predicate<KnownTool> which) {
		Map<String, KnownTool> next = new TreeMap<>(this.tools);
		next.replaceAll((name, tool) -> which.test(tool) ? tool.accept() : tool);
		return new KnownTools(next);
	}

	/** What either knows. */
	KnownTools with(KnownTools others) {
		Map<String, KnownTool> both = new TreeMap<>(this.tools);
		others.tools.forEach((name, tool) -> both.merge(name, tool, KnownTool::with));
		return new KnownTools(both);
	}

	/**
	 * What is known after a page was seen.
	 *
	 * @param known what is known
	 * @param changes what was new
	 */
	record Seen(KnownTools known, List<ToolChange> changes) {

	}

}
