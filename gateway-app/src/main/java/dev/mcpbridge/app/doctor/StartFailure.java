package dev.mcpbridge.app.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Says what stops the start as the start itself would: by the analyzers of failures.
 */
final class StartFailure {

	/** What Spring Boot says of a value it cannot use. */
	private static final Pattern VALUE = Pattern.compile(
			"(?s).*Property: (\\S+)\\s+Value: \"?(.*?)\"?\\s+(?:Origin: .*?\\s+)?Reason: (.*?)(?: \\(caused by.*)?");

	private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|credential|key).*");

	private static final String CHOICE = "following values are valid:";

	private final @Nullable ConfigurableApplicationContext context;

	/**
	 * Begins.
	 * @param context what was started, or {@code null} if it did not come that far
	 */
	StartFailure(@Nullable ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Never quotes an exception nobody knows: it may quote what is secret. */
	String inWords(Throwable failure) {
		return analyzers().stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.map(StartFailure::words)
			.orElseGet(() -> "%s; start the gateway to see more".formatted(failure.getClass().getName()));
	}

	private static String words(FailureAnalysis analysis) {
		Matcher value = VALUE.matcher(analysis.getDescription().strip());
		if (!value.matches()) {
			return analysis.getDescription();
		}
		boolean secret = SECRET.matcher(value.group(1)).matches();
		return "%s: %s (expected: %s)".formatted(value.group(1), secret ? "***" : value.group(2),
				secret ? "a value that can be used" : expected(analysis.getAction(), value.group(3)));
	}

	/** A closed set in the words of the properties page, else why the value is none. */
	private static String expected(@Nullable String action, String reason) {
		int list = (action != null) ? action.indexOf(CHOICE) : -1;
		return (action != null && list >= 0) ? action.substring(list + CHOICE.length())
			.strip()
			.toLowerCase(Locale.ROOT)
			.replace('_', '-')
			.replaceAll("\\s+", ", ") : reason;
	}

	private List<FailureAnalyzer> analyzers() {
		ConfigurableApplicationContext started = this.context;
		ArgumentResolver arguments = (started != null)
				? ArgumentResolver.of(BeanFactory.class, started.getBeanFactory())
					.and(Environment.class, started.getEnvironment())
				: ArgumentResolver.none();
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (type, name, unmakeable) -> {
			});
	}

}
