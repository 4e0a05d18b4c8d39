package dev.mcpbridge.limit;

import java.util.concurrent.TimeUnit;

import io.github.bucket4j.TimeMeter;
import reactor.core.scheduler.Scheduler;

/**
 * The time by which buckets fill is that by which callers wait.
 *
 * @param scheduler whose time it is, the wall clock's by default
 */
record SchedulerTime(Scheduler scheduler) implements TimeMeter {

	@Override
	public long currentTimeNanos() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	@Override
	public boolean isWallClockBased() {
		return true;
	}

}
