package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How upstream tokens are kept fresh.
 *
 * @param ahead how long before its end an upstream token is renewed, where a route does
 * not say otherwise
 * @param activeWindow how long after its last use a grant is renewed although nobody asks
 * @param backgroundRate how many such refreshes a replica begins each second; 0 for none
 */
@ConfigurationProperties("mcp.bridge.refresh")
record McpRefreshProperties(@DefaultValue("5m") Duration ahead, @DefaultValue("2h") Duration activeWindow,
		@DefaultValue("10") int backgroundRate) {

	McpRefreshProperties {
		require("ahead", ahead, !ahead.isNegative());
		require("active-window", activeWindow, !activeWindow.isNegative());
		require("background-rate", backgroundRate, backgroundRate >= 0);
	}

	private static void require(String name, Object value, boolean valid) {
		if (!valid) {
			throw new IllegalArgumentException(
					"mcp.bridge.refresh.%s: %s (expected: 0 or more)".formatted(name, value));
		}
	}

}
