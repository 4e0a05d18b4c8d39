package dev.mcpbridge.record;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is left out of recordings besides credentials, which always are.
 *
 * @param headers names of headers, in any case
 * @param paths where in a JSON body: names separated by dots, {@code *} for any one name,
 * {@code **} for any number of them; arrays count as their elements
 * @param emails whether e-mail addresses are
 */
public record RedactionRules(List<String> headers, List<String> paths, boolean emails) {

	private static final Pattern PATH = Pattern.compile("[^.\\s]+(\\.[^.\\s]+)*");

	/**
	 * Checks the paths.
	 */
	public RedactionRules {
		headers = List.copyOf(headers);
		paths = List.copyOf(paths);
		paths.stream().filter((path) -> !PATH.matcher(path).matches()).findFirst().ifPresent((path) -> {
			throw new IllegalArgumentException(
					"redact-paths: %s (expected: names separated by dots, such as params.arguments.summary)"
						.formatted(path));
		});
	}

	/** What is left out if nobody says more. */
	static RedactionRules standard() {
		return new RedactionRules(List.of(), List.of(), true);
	}

}
