package dev.mcpbridge.audit;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record AuditListeners(List<AuditListener> listeners) implements AuditListener {

	@Override
	public void written(AuditSink.Kind sink, int count) {
		this.listeners.forEach((listener) -> listener.written(sink, count));
	}

	@Override
	public void failed(AuditSink.Kind sink, int count) {
		this.listeners.forEach((listener) -> listener.failed(sink, count));
	}

	@Override
	public void dropped() {
		this.listeners.forEach(AuditListener::dropped);
	}

}
