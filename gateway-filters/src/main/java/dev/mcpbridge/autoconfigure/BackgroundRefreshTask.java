package dev.mcpbridge.autoconfigure;

import java.util.concurrent.TimeUnit;

import dev.mcpbridge.refresh.BackgroundRefresh;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/**
 * Looks every second which grants are due, away from the event loops.
 */
final class BackgroundRefreshTask implements DisposableBean {

	private final Disposable task;

	BackgroundRefreshTask(BackgroundRefresh refresh, int rate) {
		this.task = Schedulers.boundedElastic().schedulePeriodically(() -> refresh.run(rate), 1, 1, TimeUnit.SECONDS);
	}

	@Override
	public void destroy() {
		this.task.dispose();
	}

}
