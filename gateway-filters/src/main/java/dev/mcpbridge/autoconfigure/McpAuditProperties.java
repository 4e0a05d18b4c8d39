package dev.mcpbridge.autoconfigure;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is written down of calls of tools, and where.
 *
 * @param enabled whether anything is
 * @param person how people are called
 * @param values the names of arguments whose values are written too
 * @param log whether events are written to the log dev.mcpbridge.audit.events
 * @param file the file events are written to; empty for none
 * @param fileSize how large the file becomes before a new one is begun
 * @param files how many full files are kept
 * @param openTelemetry whether events are handed to OpenTelemetry as log records
 * @param buffer how many events may wait to be written
 */
@ConfigurationProperties("mcp.bridge.audit")
record McpAuditProperties(boolean enabled, @DefaultValue("pseudonym") Person person, Set<String> values,
		@DefaultValue("true") boolean log, @DefaultValue("") String file, @DefaultValue("100MB") DataSize fileSize,
		@DefaultValue("10") int files, boolean openTelemetry, @DefaultValue("10000") int buffer) {

	McpAuditProperties {
		require("file-size", fileSize, fileSize.toBytes() >= 1024, "at least 1KB");
		require("files", files, files >= 0 && files <= 1000, "0 to 1000");
		require("buffer", buffer, buffer >= 1 && buffer <= 1_000_000, "1 to 1000000");
		values = (values != null) ? Set.copyOf(values) : Set.of();
	}

	private static void require(String name, Object value, boolean valid, String expected) {
		if (!valid) {
			throw new IllegalArgumentException(
					"mcp.bridge.audit.%s: %s (expected: %s)".formatted(name, value, expected));
		}
	}

	/** How people are called. */
	enum Person {

		/** By a keyed hash. */
		PSEUDONYM,

		/** By the subject of their token. */
		SUBJECT,

		/** Not at all. */
		NONE

	}

}
