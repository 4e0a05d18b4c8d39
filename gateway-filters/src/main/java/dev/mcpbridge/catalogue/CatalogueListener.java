package dev.mcpbridge.catalogue;

import java.util.List;

/**
 * Hears what is new about the upstream's tools, and what was kept back for it.
 */
public interface CatalogueListener {

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static CatalogueListener all(List<? extends CatalogueListener> listeners) {
		return new CatalogueListeners(List.copyOf(listeners));
	}

	/**
	 * Something is new; told by the replica that sees it first.
	 * @param change what
	 */
	default void changed(ToolChange change) {
	}

	/**
	 * Tools were taken from a list, since their texts are not accepted.
	 * @param count how many
	 */
	default void hidden(int count) {
	}

	/** A call was refused, since the text of its tool is not accepted. */
	default void refused() {
	}

}
