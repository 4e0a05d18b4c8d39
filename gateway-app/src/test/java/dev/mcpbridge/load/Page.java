package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The page that explains the figures, and holds the last ones between marks.
 */
final class Page {

	/** From this module. */
	static final Path FILE = Path.of("docs", "performance.md");

	private Page() {
	}

	/** Puts tables in the place of former ones of the same name; others stay. */
	static void write(Report report) {
		try {
			String page = Files.readString(FILE);
			for (Map.Entry<String, String> table : report.tables().entrySet()) {
				page = with(page, table.getKey(), table.getValue());
			}
			Files.writeString(FILE, page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Puts a table between its marks.
	 * @throws IllegalArgumentException if the page has none of that name
	 */
	static String with(String page, String name, String table) {
		String begin = "<!-- %s -->\n".formatted(name);
		String end = "\n<!-- /%s -->".formatted(name);
		int from = page.indexOf(begin);
		int to = page.indexOf(end, from + 1);
		if (from < 0 || to < 0) {
			throw new IllegalArgumentException("%s: no marks (expected: %s)".formatted(FILE, name));
		}
		return page.substring(0, from + begin.length()) + "\n" + table + page.substring(to);
	}

}
