package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.List;

/**
 * What is limited, and how patient we are.
 *
 * @param limits the limits, all of which a call has to meet
 * @param queue how many calls may wait for one limit of one person, or whatever it tells
 * apart
 * @param maxWait how long a call waits at most
 * @param maxHold how long somebody's calls are held at most because the upstream said so
 * @param retries how often a call the upstream refused with 429 is sent again
 */
public record LimitSettings(List<Limit> limits, int queue, Duration maxWait, Duration maxHold, int retries) {

	public LimitSettings {
		limits = List.copyOf(limits);
	}

}
