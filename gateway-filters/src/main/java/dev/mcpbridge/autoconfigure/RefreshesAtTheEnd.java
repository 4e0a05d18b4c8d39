package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.refresh.Refreshes;

/**
 * Lets the refreshes in flight land before the process ends: after the web server has
 * answered its last request, before the store is closed. A refresh that is cut off after
 * the upstream rotated is a lost login.
 */
final class RefreshesAtTheEnd extends AtTheEnd {

	/**
	 * The web server stops in a higher phase; connections to the store and to the
	 * upstream end in a lower one, most of them in that of 0.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2;

	private final Refreshes refreshes;

	RefreshesAtTheEnd(Refreshes refreshes) {
		super(PHASE);
		this.refreshes = refreshes;
	}

	@Override
	void end(Runnable ended) {
		this.refreshes.whenLanded(ended);
	}

}
