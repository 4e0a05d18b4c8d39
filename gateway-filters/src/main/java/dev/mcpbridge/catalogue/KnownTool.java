package dev.mcpbridge.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is known of one tool. Two copies of it can be made one, whatever was added to each
 * since.
 *
 * @param name its name
 * @param accepted the hashes of texts that are good
 * @param latest the hash of the text that was seen last
 * @param since when that became the latest
 * @param texts its texts, the oldest first
 */
record KnownTool(String name, Set<String> accepted, String latest, Instant since, List<ToolText> texts) {

	/** People may see different texts of a tool, but not any number of them. */
	private static final int MOST = 8;

	KnownTool {
		accepted = new TreeSet<>(accepted);
		texts = List.copyOf(texts);
	}

	/** A tool that was not known is taken as it is. */
	static KnownTool first(String name, ToolText text) {
		return new KnownTool(name, Set.of(text.hash()), text.hash(), text.seen(), List.of(text));
	}

	boolean knows(String hash) {
		return this.texts.stream().anyMatch((text) -> text.hash().equals(hash));
	}

	/** Whether its latest text is as it was, or was looked at since. */
	boolean isAccepted() {
		return this.accepted.contains(this.latest);
	}

	ToolText latestText() {
		return text(this.latest);
	}

	/** The text it had before, which was good. */
	ToolText acceptedText() {
		return this.texts.stream()
			.filter((text) -> this.accepted.contains(text.hash()))
			.reduce((one, other) -> other)
			.orElse(this.texts.get(0));
	}

	/** Sees a text now. */
	KnownTool seen(ToolText text) {
		return new KnownTool(this.name, this.accepted, text.hash(), text.seen(),
				knows(text.hash()) ? this.texts : bounded(append(text), text.hash()));
	}

	/** Takes its latest text for good. */
	KnownTool accept() {
		Set<String> all = new TreeSet<>(this.accepted);
		all.add(this.latest);
		return new KnownTool(this.name, all, this.latest, this.since, this.texts);
	}

	/** What either knows. */
	KnownTool with(KnownTool other) {
		Set<String> all = new TreeSet<>(this.accepted);
		all.addAll(other.accepted);
		List<ToolText> both = Stream
			.concat(this.texts.stream(), other.texts.stream().filter((text) -> !knows(text.hash())))
			.sorted(Comparator.comparing(ToolText::seen))
			.toList();
		KnownTool later = other.since.isAfter(this.since) ? other : this;
		return new KnownTool(this.name, all, later.latest, later.since, bounded(both, later.latest));
	}

	private ToolText text(String hash) {
		return this.texts.stream()
			.filter((text) -> text.hash().equals(hash))
			.findFirst()
			.orElse(this.texts.get(this.texts.size() - 1));
	}

	private List<ToolText> append(ToolText text) {
		List<ToolText> all = new ArrayList<>(this.texts);
		all.add(text);
		return all;
	}

	/** The first is kept, as what it all began with. */
	private static List<ToolText> bounded(List<ToolText> texts, String latest) {
		List<ToolText> kept = new ArrayList<>(texts);
		while (kept.size() > MOST) {
			kept.remove(kept.get(1).hash().equals(latest) ? 2 : 1);
		}
		return kept;
	}

}
