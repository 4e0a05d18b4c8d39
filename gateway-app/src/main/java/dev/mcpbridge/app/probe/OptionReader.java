package dev.mcpbridge.app.probe;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.mcpbridge.app.probe.ProbeOptions.Way;
import dev.mcpbridge.app.probe.contract.ContractReader;
import dev.mcpbridge.app.probe.lifecycle.Waiting;
import dev.mcpbridge.oauth.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the command line. What it does not know it refuses, and names what it knows.
 */
final class OptionReader {

	private static final Set<String> FLAGS = Set.of("wait", "auto-approve", "no-login");

	private static final Set<String> VALUES = Set.of("against", "profile", "lifetime", "json", "compare", "tool",
			"arguments", "patience", "port");

	/** May stand alone. */
	private static final String OPEN = "open";

	private final Map<String, String> given = new LinkedHashMap<>();

	private OptionReader(List<String> arguments) {
		arguments.forEach(this::take);
	}

	/**
	 * Reads options.
	 * @param arguments the options
	 * @return what they ask for
	 * @throws IllegalArgumentException naming the option and what is expected
	 */
	static ProbeOptions read(List<String> arguments) {
		return new OptionReader(arguments).options();
	}

	/** Names the options there are. */
	static String known() {
		Set<String> known = new TreeSet<>();
		FLAGS.forEach((flag) -> known.add("--" + flag));
		VALUES.forEach((value) -> known.add("--" + value + "=…"));
		known.add("--" + OPEN + "[=…]");
		return String.join(", ", known);
	}

	private void take(String argument) {
		int equals = argument.indexOf('=');
		String name = argument.substring(0, (equals < 0) ? argument.length() : equals).replaceFirst("^--", "");
		boolean flag = equals < 0;
		boolean fits = flag ? (FLAGS.contains(name) || name.equals(OPEN))
				: (VALUES.contains(name) || name.equals(OPEN));
		if (!argument.startsWith("--") || !fits) {
			throw new IllegalArgumentException("option: %s (expected: one of %s)".formatted(argument, known()));
		}
		if (this.given.putIfAbsent(name, flag ? "" : argument.substring(equals + 1)) != null) {
			throw new IllegalArgumentException("--%s: given twice (expected: once)".formatted(name));
		}
	}

	private ProbeOptions options() {
		String profile = this.given.getOrDefault("profile", "atlassian-v1");
		ContractReader.read(profile);
		exclude("wait", "lifetime");
		exclude("auto-approve", OPEN);
		exclude("no-login", OPEN);
		exclude("no-login", "auto-approve");
		exclude("no-login", "wait");
		exclude("no-login", "lifetime");
		Duration lifetime = this.given.containsKey("lifetime") ? duration("lifetime", "PT0S") : null;
		return new ProbeOptions(against(), profile, login(),
				new Waiting(this.given.containsKey("wait") || lifetime != null, lifetime), this.given.get("tool"),
				arguments(), path("json"), path("compare"));
	}

	private ProbeOptions.Login login() {
		Way way = this.given.containsKey(OPEN) ? Way.OPENED : this.given.containsKey("auto-approve") ? Way.UNATTENDED
				: this.given.containsKey("no-login") ? Way.NOBODY : Way.TOLD;
		return new ProbeOptions.Login(way, this.given.getOrDefault(OPEN, ""), duration("patience", "PT5M"), port());
	}

	private URI against() {
		URI against = HttpUrl.check("--against", this.given.getOrDefault("against", "https://mcp.atlassian.com"),
				false);
		if (!against.getPath().matches("/?") || against.getQuery() != null) {
			throw unexpected("against", "an origin such as https://mcp.atlassian.com, without path or query");
		}
		return URI.create(against.getScheme() + "://" + against.getRawAuthority());
	}

	private int port() {
		String port = this.given.getOrDefault("port", "0");
		if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
			throw unexpected("port", "a port, or 0 for any free one");
		}
		return Integer.parseInt(port);
	}

	private Duration duration(String name, String otherwise) {
		try {
			Duration duration = Duration.parse(this.given.getOrDefault(name, otherwise));
			if (duration.isNegative()) {
				throw unexpected(name, "a duration such as PT55M");
			}
			return duration;
		}
		catch (DateTimeParseException ex) {
			throw unexpected(name, "a duration such as PT55M");
		}
	}

	private String arguments() {
		String arguments = this.given.getOrDefault("arguments", "{}");
		if (this.given.containsKey("arguments") && !this.given.containsKey("tool")) {
			throw unexpected("arguments", "only together with --tool");
		}
		try {
			if (JsonMapper.shared().readTree(arguments).isObject()) {
				return arguments;
			}
			throw unexpected("arguments", "a JSON object");
		}
		catch (JacksonException ex) {
			throw unexpected("arguments", "a JSON object");
		}
	}

	private @Nullable Path path(String name) {
		String path = this.given.get(name);
		if (path != null && path.isBlank()) {
			throw unexpected(name, "a file");
		}
		return (path != null) ? Path.of(path) : null;
	}

	private void exclude(String one, String other) {
		if (this.given.containsKey(one) && this.given.containsKey(other)) {
			throw new IllegalArgumentException("--%s: with --%s (expected: one of them)".formatted(one, other));
		}
	}

	private IllegalArgumentException unexpected(String name, String expected) {
		return new IllegalArgumentException("--%s: %s (expected: %s)".formatted(name, this.given.get(name), expected));
	}

}
