package dev.mcpbridge.translation.sseupstream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.Transport;

/**
 * Remembers what was heard.
 */
final class HeardTranslations implements TranslationListener {

	private final AtomicInteger opened = new AtomicInteger();

	private final List<End> ends = new CopyOnWriteArrayList<>();

	private final List<Flow> flows = new CopyOnWriteArrayList<>();

	private final List<Refused> refused = new CopyOnWriteArrayList<>();

	private final List<Reopened> reopened = new CopyOnWriteArrayList<>();

	void forget() {
		this.reopened.clear();
		this.opened.set(0);
		this.ends.clear();
		this.flows.clear();
		this.refused.clear();
	}

	int opened() {
		return this.opened.get();
	}

	List<End> ends() {
		return this.ends;
	}

	List<Flow> flows() {
		return this.flows;
	}

	List<Refused> refused() {
		return this.refused;
	}

	List<Reopened> reopened() {
		return this.reopened;
	}

	@Override
	public void reopened(Transport upstream, Reopened outcome) {
		this.reopened.add(outcome);
	}

	@Override
	public void opened(Transport upstream) {
		this.opened.incrementAndGet();
	}

	@Override
	public void ended(Transport upstream, End end) {
		this.ends.add(end);
	}

	@Override
	public void translated(Transport upstream, Flow flow) {
		this.flows.add(flow);
	}

	@Override
	public void refused(Transport upstream, Refused why) {
		this.refused.add(why);
	}

}
