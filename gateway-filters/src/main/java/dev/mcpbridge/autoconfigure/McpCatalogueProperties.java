package dev.mcpbridge.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import dev.mcpbridge.catalogue.Pin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done about tools whose texts change at the upstream.
 *
 * @param enabled whether lists of tools are watched
 * @param pin whether tools whose text changed are kept back until it is accepted
 * @param pinFile a file of hashes; then only tools with these texts are let through
 * @param share how often what other replicas saw is read
 */
@ConfigurationProperties("mcp.bridge.catalogue")
record McpCatalogueProperties(boolean enabled, boolean pin, @DefaultValue("") String pinFile,
		@DefaultValue("30s") Duration share) {

	McpCatalogueProperties {
		if (share.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException(
					"mcp.bridge.catalogue.share: %s (expected: at least 1s)".formatted(share));
		}
		if (!pinFile.isEmpty() && !pin) {
			throw new IllegalArgumentException(
					"mcp.bridge.catalogue.pin-file: %s (expected: empty, or mcp.bridge.catalogue.pin=true)"
						.formatted(pinFile));
		}
	}

	Pin asPin() {
		if (!this.pinFile.isEmpty()) {
			return Pin.file(Path.of(this.pinFile));
		}
		return this.pin ? Pin.REMEMBERED : Pin.NONE;
	}

}
