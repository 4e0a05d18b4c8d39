package dev.mcpbridge.translation;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record TranslationListeners(List<TranslationListener> listeners) implements TranslationListener {

	@Override
	public void opened(Transport upstream) {
		this.listeners.forEach((listener) -> listener.opened(upstream));
	}

	@Override
	public void ended(Transport upstream, End end) {
		this.listeners.forEach((listener) -> listener.ended(upstream, end));
	}

	@Override
	public void translated(Transport upstream, Flow flow) {
		this.listeners.forEach((listener) -> listener.translated(upstream, flow));
	}

	@Override
	public void refused(Transport upstream, Refused why) {
		this.listeners.forEach((listener) -> listener.refused(upstream, why));
	}

	@Override
	public void reopened(Transport upstream, Reopened outcome) {
		this.listeners.forEach((listener) -> listener.reopened(upstream, outcome));
	}

}
