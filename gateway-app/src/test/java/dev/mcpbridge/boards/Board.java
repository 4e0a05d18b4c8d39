package dev.mcpbridge.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard as we write it: rows, each a question an operator asks, of panels.
 *
 * @param title its title
 * @param uid its name in links
 * @param description what it is for
 * @param rows its rows, from top to bottom
 */
record Board(String title, String uid, String description, List<Row> rows) {

	private static final Path SOURCES = Path.of("../helm/src/test/resources/dashboards");

	private static final Path RENDERED = Path.of("../helm/mcp-bridge-gateway/dashboards");

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	/** Reads all there are. */
	static List<Board> all() {
		try (Stream<Path> sources = Files.list(SOURCES)) {
			return sources.sorted().map(Board::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where the chart has it as Grafana reads it. */
	Path rendered() {
		return RENDERED.resolve(this.uid.replaceFirst("mcp-bridge-", "") + ".json");
	}

	List<Panel> panels() {
		return this.rows.stream().flatMap((row) -> row.panels().stream()).toList();
	}

	private static Board read(Path source) {
		try {
			return STRICT.convertValue(new Yaml().load(Files.readString(source)), Board.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.title;
	}

	/**
	 * A question, and what answers it.
	 *
	 * @param title the question
	 * @param panels from left to right
	 */
	record Row(String title, List<Panel> panels) {

	}

}
