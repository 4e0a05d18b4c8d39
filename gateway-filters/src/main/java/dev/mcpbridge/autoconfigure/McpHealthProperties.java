package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What probes are told.
 *
 * @param storeGrace how long a gateway whose store has answered before is still ready
 * without it
 */
@ConfigurationProperties("mcp.bridge.health")
record McpHealthProperties(@DefaultValue("10m") Duration storeGrace) {

	McpHealthProperties {
		if (storeGrace.isNegative()) {
			throw new IllegalArgumentException(
					"mcp.bridge.health.store-grace: %s (expected: 0 or more)".formatted(storeGrace));
		}
	}

}
