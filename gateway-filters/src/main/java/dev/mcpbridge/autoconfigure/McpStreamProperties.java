package dev.mcpbridge.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all streams share.
 *
 * @param drain how long open streams go on when the gateway stops, before they are ended
 * one after the other
 */
@ConfigurationProperties("mcp.bridge.stream")
record McpStreamProperties(@DefaultValue("20s") Duration drain) {

	McpStreamProperties {
		if (drain.isNegative()) {
			throw new IllegalArgumentException("mcp.bridge.stream.drain: %s (expected: 0 or more)".formatted(drain));
		}
	}

}
