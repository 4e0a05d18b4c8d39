package dev.mcpbridge.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of groups of rules, as Prometheus loads it.
 *
 * @param groups the groups
 */
record Rules(List<Group> groups) {

	static final Path DIRECTORY = Path.of("../helm/mcp-bridge-gateway/rules");

	/** What {@code promtool} tests them by. */
	static final Path TESTS = Path.of("../helm/src/test/resources/rules");

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/** Lists the files of the chart. */
	static List<Path> files() {
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads all rules of the chart. */
	static List<Rule> all() {
		return files().stream()
			.flatMap((file) -> read(file).groups().stream())
			.flatMap((group) -> group.rules().stream())
			.toList();
	}

	static List<Rule> alerts() {
		return all().stream().filter((rule) -> rule.alert() != null).toList();
	}

	private static Rules read(Path file) {
		try {
			return STRICT.convertValue(new Yaml().load(Files.readString(file)), Rules.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Rules that are evaluated one after the other.
	 *
	 * @param name its name
	 * @param rules the rules
	 */
	record Group(String name, List<Rule> rules) {

	}

	/**
	 * An alert, or a number that is recorded.
	 *
	 * @param alert the name of the alert
	 * @param record the name of the number
	 * @param expr the query
	 * @param keepsFor how long it has to be true
	 * @param labels its labels
	 * @param annotations what it says
	 */
	record Rule(@Nullable String alert, @Nullable String record, String expr,
			@JsonProperty("for") @Nullable String keepsFor, @Nullable Map<String, String> labels,
			@Nullable Map<String, String> annotations) {

		/** Names it. */
		String name() {
			return (this.alert != null) ? this.alert : String.valueOf(this.record);
		}

		/** Returns a label of an alert. */
		String label(String name) {
			return (this.labels != null) ? this.labels.getOrDefault(name, "") : "";
		}

		/** Returns a text of an alert. */
		String annotation(String name) {
			return (this.annotations != null) ? this.annotations.getOrDefault(name, "") : "";
		}

	}

}
