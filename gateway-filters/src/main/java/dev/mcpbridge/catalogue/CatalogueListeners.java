package dev.mcpbridge.catalogue;

import java.util.List;

/**
 * Several listeners as one.
 *
 * @param listeners who hears, in this order
 */
record CatalogueListeners(List<CatalogueListener> listeners) implements CatalogueListener {

	@Override
	public void changed(ToolChange change) {
		this.listeners.forEach((listener) -> listener.changed(change));
	}

	@Override
	public void hidden(int count) {
		this.listeners.forEach((listener) -> listener.hidden(count));
	}

	@Override
	public void refused() {
		this.listeners.forEach(CatalogueListener::refused);
	}

}
