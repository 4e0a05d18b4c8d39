package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import dev.mcpbridge.translation.TranslationLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the translation between transports takes.
 *
 * @param maxMessage how large one message may be, in either direction
 * @param idle how long a session of a streamable client may be unused before it is ended
 * @param maxSessions how many translated sessions this process holds at most
 * @param maxWaiting how many requests of one session may wait for an answer at this
 * process
 */
@ConfigurationProperties("mcp.bridge.translation")
record McpTranslationProperties(@DefaultValue("4MB") DataSize maxMessage, @DefaultValue("30m") Duration idle,
		@DefaultValue("10000") int maxSessions, @DefaultValue("100") int maxWaiting) {

	/** A channel outlives two of its holder's three calls that are lost. */
	private static final int KEPT_PER_LIFETIME = 3;

	McpTranslationProperties {
		require("max-message", maxMessage, maxMessage.toBytes() > 0);
		require("idle", idle, idle.toMillis() > 0);
		require("max-sessions", maxSessions, maxSessions > 0);
		require("max-waiting", maxWaiting, maxWaiting > 0);
	}

	TranslationLimits limits(Duration lifetime) {
		return new TranslationLimits(this.maxMessage, this.idle, lifetime.dividedBy(KEPT_PER_LIFETIME),
				this.maxSessions, this.maxWaiting);
	}

	private static void require(String name, Object value, boolean valid) {
		if (!valid) {
			throw new IllegalArgumentException(
					"mcp.bridge.translation.%s: %s (expected: more than 0)".formatted(name, value));
		}
	}

}
