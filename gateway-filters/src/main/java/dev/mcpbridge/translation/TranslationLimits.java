package dev.mcpbridge.translation;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * How much translation takes, so that no client and no upstream can take more.
 *
 * @param maxMessage how large one message may be, in either direction
 * @param idle how long a session may be unused at a streamable client before it is ended
 * @param keepEvery how often a replica tells the relay that it still holds a session,
 * well below the lifetime of a channel
 * @param maxSessions how many sessions this process holds at most
 * @param maxWaiting how many requests of one session may wait for an answer at this
 * process
 */
public record TranslationLimits(DataSize maxMessage, Duration idle, Duration keepEvery, int maxSessions,
		int maxWaiting) {

	/**
	 * Refuses limits nothing would pass.
	 */
	public TranslationLimits {
		require("max-message", maxMessage, maxMessage.toBytes() > 0);
		require("idle", idle, idle.toMillis() > 0);
		require("keep-every", keepEvery, keepEvery.toMillis() > 0);
		require("max-sessions", maxSessions, maxSessions > 0);
		require("max-waiting", maxWaiting, maxWaiting > 0);
	}

	private static void require(String name, Object value, boolean valid) {
		if (!valid) {
			throw new IllegalArgumentException("%s: %s (expected: more than 0)".formatted(name, value));
		}
	}

}
