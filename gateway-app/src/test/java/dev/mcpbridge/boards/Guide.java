package dev.mcpbridge.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The operations guide: its sections about alerts, and the queries it says to look at.
 */
final class Guide {

	private static final Path PAGE = Path.of("docs/operations.md");

	private static final Pattern SECTION = Pattern.compile("(?ms)^### (McpBridge\\w+)$(.*?)(?=^#{1,3} |\\z)");

	private static final Pattern QUERIES = Pattern.compile("(?ms)^```promql$(.*?)^```$");

	private final String text;

	Guide() {
		try {
			this.text = Files.readString(PAGE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the text about each alert. */
	Map<String, String> sections() {
		Map<String, String> sections = new TreeMap<>();
		SECTION.matcher(this.text).results().forEach((section) -> sections.put(section.group(1), section.group(2)));
		return sections;
	}

	/** Lists the queries, one a line. */
	List<String> queries() {
		return QUERIES.matcher(this.text)
			.results()
			.flatMap((block) -> block.group(1).lines())
			.filter((line) -> !line.isBlank())
			.toList();
	}

}
