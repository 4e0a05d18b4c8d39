package dev.mcpbridge.autoconfigure;

import java.util.concurrent.TimeUnit;

import dev.mcpbridge.refresh.BackgroundRefresh;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;

/**
 * Looks every second which grants are due, away from the event loops. It stops before the
 * refreshes in flight are waited for, since one that begins later is cut off.
 */
final class BackgroundRefreshTask implements SmartLifecycle {

	private final BackgroundRefresh refresh;

	private final int rate;

	private volatile @Nullable Disposable task;

	BackgroundRefreshTask(BackgroundRefresh refresh, int rate) {
		this.refresh = refresh;
		this.rate = rate;
	}

	@Override
	public void start() {
		this.task = Schedulers.boundedElastic()
			.schedulePeriodically(() -> this.refresh.run(this.rate), 1, 1, TimeUnit.SECONDS);
	}

	@Override
	public void stop() {
		Disposable running = this.task;
		if (running != null) {
			running.dispose();
		}
		this.task = null;
	}

	@Override
	public boolean isRunning() {
		return this.task != null;
	}

	@Override
	public int getPhase() {
		return RefreshesAtTheEnd.PHASE + 1;
	}

}
