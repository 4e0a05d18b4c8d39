package dev.mcpbridge.record;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record RecordListeners(List<RecordListener> listeners) implements RecordListener {

	@Override
	public void switched(int active) {
		this.listeners.forEach((listener) -> listener.switched(active));
	}

	@Override
	public void written(int bytes) {
		this.listeners.forEach((listener) -> listener.written(bytes));
	}

	@Override
	public void dropped(Drop why) {
		this.listeners.forEach((listener) -> listener.dropped(why));
	}

}
