package dev.mcpbridge.autoconfigure;

import java.util.concurrent.TimeUnit;

import dev.mcpbridge.secret.KeyFile;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/**
 * Looks every ten seconds whether the key file changed, away from the event loops.
 */
final class KeyFileReload implements DisposableBean {

	private static final long SECONDS = 10;

	private final Disposable task;

	KeyFileReload(KeyFile keys) {
		this.task = Schedulers.boundedElastic().schedulePeriodically(keys::reload, SECONDS, SECONDS, TimeUnit.SECONDS);
	}

	@Override
	public void destroy() {
		this.task.dispose();
	}

}
