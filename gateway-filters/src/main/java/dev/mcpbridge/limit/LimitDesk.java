package dev.mcpbridge.limit;

import reactor.core.scheduler.Scheduler;

/**
 * What all requests share that are limited together.
 *
 * @param settings what is limited
 * @param turns who is under way, and who stands in line
 * @param buckets what is earned
 * @param holds whom the upstream does not want just now
 * @param listener hears what is done
 * @param time what time goes by
 */
record LimitDesk(LimitSettings settings, Turns turns, Buckets buckets, Holds holds, LimitListener listener,
		Scheduler time) {

}
