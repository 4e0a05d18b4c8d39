package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.mcpbridge.oauth.HttpUrl;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for. What is not known is refused.
 *
 * @param files the recording
 * @param against the service, with a path if all requests go to that one
 * @param token what is presented, or {@code null} for nothing
 * @param allTools whether tools that write are called too
 * @param values whether values are compared as well
 * @param patience how long an answer may take
 * @param json where the report is written too, or {@code null}
 */
record ReplayOptions(List<Path> files, URI against, @Nullable Secret token, boolean allTools, boolean values,
		Duration patience, @Nullable Path json) {

	private static final Set<String> FLAGS = Set.of("all-tools", "values");

	private static final Set<String> VALUES = Set.of("against", "token-from", "json", "patience");

	private static final String KNOWN = "FILE…, --against=URL, --all-tools, --json=FILE, --patience=PT30S, --token-from=env:NAME or file:PATH, --values";

	/**
	 * Reads options.
	 * @param arguments what follows {@code replay}
	 * @param environment the variables of the process
	 * @return what they ask for
	 * @throws IllegalArgumentException naming the option and what is expected
	 */
	static ReplayOptions read(List<String> arguments, Map<String, String> environment) {
		List<Path> files = new ArrayList<>();
		Map<String, String> given = new LinkedHashMap<>();
		for (int i = 0; i < arguments.size(); i++) {
			String argument = arguments.get(i);
			String name = argument.split("=", 2)[0].replaceFirst("^--", "");
			boolean apart = VALUES.contains(name) && argument.startsWith("--") && argument.indexOf('=') < 0;
			if (!argument.startsWith("--")) {
				files.add(Path.of(argument));
			}
			else if (apart && i + 1 < arguments.size()) {
				take(given, argument, name, arguments.get(++i));
			}
			else {
				take(given, argument, name, argument.contains("=") ? argument.split("=", 2)[1] : null);
			}
		}
		if (files.isEmpty()) {
			throw new IllegalArgumentException("file: none (expected: %s)".formatted(KNOWN));
		}
		return new ReplayOptions(List.copyOf(files), against(given), token(given, environment),
				given.containsKey("all-tools"), given.containsKey("values"), patience(given), json(given));
	}

	private static void take(Map<String, String> given, String argument, String name, @Nullable String value) {
		if (!(value == null ? FLAGS : VALUES).contains(name) || "".equals(value)) {
			throw new IllegalArgumentException("option: %s (expected: %s)".formatted(argument, KNOWN));
		}
		if (given.putIfAbsent(name, (value != null) ? value : "") != null) {
			throw new IllegalArgumentException("--%s: given twice (expected: once)".formatted(name));
		}
	}

	private static URI against(Map<String, String> given) {
		String against = given.get("against");
		if (against == null) {
			throw new IllegalArgumentException("--against: none (expected: the URL of a service)");
		}
		return HttpUrl.check("--against", against, false);
	}

	private static @Nullable Secret token(Map<String, String> given, Map<String, String> environment) {
		String from = given.get("token-from");
		if (from == null) {
			return null;
		}
		String text = from.startsWith("env:") ? environment.getOrDefault(from.substring("env:".length()), "")
				: from.startsWith("file:") ? content(Path.of(from.substring("file:".length()))) : "";
		if (text.isBlank() || text.strip().chars().anyMatch((character) -> character <= ' ' || character > '~')) {
			throw new IllegalArgumentException(
					"--token-from: %s (expected: env:NAME or file:PATH, where a token is)".formatted(from));
		}
		return Secret.of(text.strip());
	}

	private static String content(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static Duration patience(Map<String, String> given) {
		String patience = given.getOrDefault("patience", "PT30S");
		try {
			Duration duration = Duration.parse(patience);
			if (!duration.isNegative() && !duration.isZero()) {
				return duration;
			}
		}
		catch (DateTimeParseException ex) {
			// as one that is not positive
		}
		throw new IllegalArgumentException("--patience: %s (expected: a duration such as PT30S)".formatted(patience));
	}

	/** Before anything is sent. */
	private static @Nullable Path json(Map<String, String> given) {
		String json = given.get("json");
		if (json == null) {
			return null;
		}
		Path folder = Path.of(json).toAbsolutePath().getParent();
		if (folder == null || !Files.isWritable(folder) || Files.isDirectory(Path.of(json))) {
			throw new IllegalArgumentException(
					"--json: %s (expected: a file in a folder that can be written to)".formatted(json));
		}
		return Path.of(json);
	}

}
