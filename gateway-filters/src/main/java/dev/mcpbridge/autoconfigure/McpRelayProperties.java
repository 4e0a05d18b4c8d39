package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is kept between the two ends of a translated session.
 *
 * @param buffer the most that is kept of a session's messages, in UTF-8
 * @param history how long a message is kept for readers that come late
 * @param lifetime how long a session lasts whose holder is gone, and how long what was
 * left can be read after its end
 * @param channels the most sessions there are in memory; not with Redis
 */
@ConfigurationProperties("mcp.bridge.relay")
record McpRelayProperties(@DefaultValue("4MB") DataSize buffer, @DefaultValue("5m") Duration history,
		@DefaultValue("30s") Duration lifetime, @DefaultValue("10000") int channels) {

	private static final DataSize LARGEST = DataSize.ofMegabytes(64);

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	McpRelayProperties {
		require("buffer", buffer, buffer.toBytes() > 0 && buffer.compareTo(LARGEST) <= 0, "1B to 64MB");
		require("history", history, history.compareTo(SHORTEST) >= 0, "at least 1s");
		require("lifetime", lifetime, lifetime.compareTo(SHORTEST) >= 0, "at least 1s");
		require("channels", channels, channels > 0, "at least 1");
	}

	private static void require(String name, Object value, boolean valid, String expected) {
		if (!valid) {
			throw new IllegalArgumentException(
					"mcp.bridge.relay.%s: %s (expected: %s)".formatted(name, value, expected));
		}
	}

}
