package dev.mcpbridge.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A listener that remembers what it hears.
 */
final class HeardSessions implements SessionListener {

	private final Set<String> marks = ConcurrentHashMap.newKeySet();

	private final List<Rejection> rejections = new CopyOnWriteArrayList<>();

	/** The marks of the sessions that were used. */
	Set<String> marks() {
		return this.marks;
	}

	List<Rejection> rejections() {
		return this.rejections;
	}

	void forget() {
		this.marks.clear();
		this.rejections.clear();
	}

	@Override
	public void used(String mark) {
		this.marks.add(mark);
	}

	@Override
	public void rejected(Rejection why) {
		this.rejections.add(why);
	}

}
