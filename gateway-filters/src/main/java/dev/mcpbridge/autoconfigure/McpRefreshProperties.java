package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How upstream tokens are kept fresh.
 *
 * @param ahead how long before its end an upstream token is renewed, where a route does
 * not say otherwise
 */
@ConfigurationProperties("mcp.bridge.refresh")
record McpRefreshProperties(@DefaultValue("5m") Duration ahead) {

	McpRefreshProperties {
		if (ahead.isNegative()) {
			throw new IllegalArgumentException("mcp.bridge.refresh.ahead: %s (expected: 0 or more)".formatted(ahead));
		}
	}

}
