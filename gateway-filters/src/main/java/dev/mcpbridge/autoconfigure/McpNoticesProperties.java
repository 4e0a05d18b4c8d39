package dev.mcpbridge.autoconfigure;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is taken from the results of tools.
 *
 * @param patterns regular expressions for what notices of the upstream look like; empty
 * takes nothing
 * @param maxAnswer how large an answer, or one event of it, may be where there are
 * patterns
 */
@ConfigurationProperties("mcp.bridge.notices")
record McpNoticesProperties(List<String> patterns, @DefaultValue("4MB") DataSize maxAnswer) {

	McpNoticesProperties {
		patterns = (patterns != null) ? List.copyOf(patterns) : List.of();
		if (maxAnswer.toBytes() < 1024 || maxAnswer.toBytes() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(
					"mcp.bridge.notices.max-answer: %s (expected: 1KB to 2047MB)".formatted(maxAnswer));
		}
		patterns.forEach(McpNoticesProperties::compiled);
	}

	List<Pattern> compiled() {
		return this.patterns.stream().map(McpNoticesProperties::compiled).toList();
	}

	private static Pattern compiled(String pattern) {
		try {
			return Pattern.compile(pattern);
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException("mcp.bridge.notices.patterns: %s (expected: a regular expression; %s)"
				.formatted(pattern, ex.getDescription()));
		}
	}

}
