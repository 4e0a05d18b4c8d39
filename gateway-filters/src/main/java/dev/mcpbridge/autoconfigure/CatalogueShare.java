package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.catalogue.Catalogue;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/**
 * Reads again and again, from the start on, what other replicas saw of tools and what was
 * accepted there.
 */
final class CatalogueShare implements DisposableBean {

	private final Disposable task;

	CatalogueShare(Catalogue catalogue, Duration every) {
		this.task = Schedulers.boundedElastic()
			.schedulePeriodically(catalogue::shareSoon, 0, every.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void destroy() {
		this.task.dispose();
	}

}
