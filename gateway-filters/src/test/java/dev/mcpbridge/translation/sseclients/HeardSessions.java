package dev.mcpbridge.translation.sseclients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.Transport;

/**
 * Remembers what becomes of sessions.
 */
final class HeardSessions implements TranslationListener {

	final List<End> ended = new CopyOnWriteArrayList<>();

	final List<Refused> refused = new CopyOnWriteArrayList<>();

	final List<Flow> translated = new CopyOnWriteArrayList<>();

	final List<Transport> opened = new CopyOnWriteArrayList<>();

	void clear() {
		this.ended.clear();
		this.refused.clear();
		this.translated.clear();
		this.opened.clear();
	}

	@Override
	public void opened(Transport upstream) {
		this.opened.add(upstream);
	}

	@Override
	public void ended(Transport upstream, End end) {
		this.ended.add(end);
	}

	@Override
	public void translated(Transport upstream, Flow flow) {
		this.translated.add(flow);
	}

	@Override
	public void refused(Transport upstream, Refused why) {
		this.refused.add(why);
	}

}
