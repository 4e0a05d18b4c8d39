package dev.mcpbridge.autoconfigure;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property or filter argument stopped the start, instead of a stack trace.
 */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<IllegalArgumentException> {

	private static final Pattern OURS = Pattern
		.compile("(mcp\\.bridge|resilience4j\\.\\w+\\.instances\\.mcp-upstream)\\..*"
				+ "|(route .*|default-filters)(, |: no )filter Mcp.*", Pattern.DOTALL);

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalArgumentException cause) {
		String message = cause.getMessage();
		return (message != null && OURS.matcher(message).matches())
				? new FailureAnalysis(message, "Correct the value and start again.", cause) : null;
	}

}
