package dev.mcpbridge.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something new about a tool.
 *
 * @param tool its name
 * @param kind what is new
 * @param difference what differs, for people
 */
public record ToolChange(String tool, Kind kind, String difference) {

	static ToolChange added(String tool, boolean first) {
		return new ToolChange(tool, first ? Kind.FIRST_SEEN : Kind.ADDED, "");
	}

	/** What differs between the latest text and the one that was good. */
	static ToolChange changed(KnownTool tool) {
		return new ToolChange(tool.name(), Kind.CHANGED, difference(tool.acceptedText(), tool.latestText()));
	}

	private static String difference(ToolText before, ToolText now) {
		Set<String> members = new TreeSet<>(before.members().keySet());
		members.addAll(now.members().keySet());
		members.removeIf((name) -> Objects.equals(before.members().get(name), now.members().get(name)));
		List<String> words = new ArrayList<>();
		words.add("members " + members);
		if (members.contains("description")) {
			words.add("description \"%s\" was \"%s\"".formatted(now.description(), before.description()));
		}
		Set<String> added = new TreeSet<>(now.parameters());
		added.removeAll(before.parameters());
		Set<String> removed = new TreeSet<>(before.parameters());
		removed.removeAll(now.parameters());
		if (!added.isEmpty()) {
			words.add("parameters added " + added);
		}
		if (!removed.isEmpty()) {
			words.add("parameters removed " + removed);
		}
		return String.join("; ", words).replaceAll("\\p{Cntrl}+", " ");
	}

	/** What may be new about a tool. */
	public enum Kind {

		/** It is among the first that were ever seen. */
		FIRST_SEEN,

		/** It was not there before. */
		ADDED,

		/** Its text is another one than before. */
		CHANGED

	}

}
