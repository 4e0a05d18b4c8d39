package dev.mcpbridge.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.mcpbridge.refresh.Refreshes;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the refreshes in flight land before the process ends: after the web server has
 * answered its last request, before the store is closed. A refresh that is cut off after
 * the upstream rotated is a lost login.
 */
final class RefreshesAtTheEnd implements SmartLifecycle {

	/**
	 * The web server stops in a higher phase; connections to the store and to the
	 * upstream end in a lower one, most of them in that of 0.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2;

	private final Refreshes refreshes;

	private final AtomicBoolean running = new AtomicBoolean();

	RefreshesAtTheEnd(Refreshes refreshes) {
		this.refreshes = refreshes;
	}

	@Override
	public void start() {
		this.running.set(true);
	}

	@Override
	public void stop(Runnable stopped) {
		this.running.set(false);
		this.refreshes.whenLanded(stopped);
	}

	@Override
	public void stop() {
		this.running.set(false);
	}

	@Override
	public boolean isRunning() {
		return this.running.get();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
