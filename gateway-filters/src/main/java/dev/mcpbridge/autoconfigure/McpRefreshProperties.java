package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How upstream tokens are kept fresh.
 *
 * @param ahead how long before its end an upstream token is renewed, where a route does
 * not say otherwise
 * @param activeWindow how long after its last use a grant is renewed although nobody asks
 * @param backgroundRate how many such refreshes a replica begins each second; 0 for none
 * @param replayLimit how large the body of a request may be that is sent again after the
 * upstream refused its token, where a route does not say otherwise; 0 to send none again
 */
@ConfigurationProperties("mcp.bridge.refresh")
record McpRefreshProperties(@DefaultValue("5m") Duration ahead, @DefaultValue("2h") Duration activeWindow,
		@DefaultValue("10") int backgroundRate, @DefaultValue("256KB") DataSize replayLimit) {

	McpRefreshProperties {
		require("ahead", ahead, !ahead.isNegative());
		require("active-window", activeWindow, !activeWindow.isNegative());
		require("background-rate", backgroundRate, backgroundRate >= 0);
		require("replay-limit", replayLimit, !replayLimit.isNegative());
	}

	private static void require(String name, Object value, boolean valid) {
		if (!valid) {
			throw new IllegalArgumentException(
					"mcp.bridge.refresh.%s: %s (expected: 0 or more)".formatted(name, value));
		}
	}

}
