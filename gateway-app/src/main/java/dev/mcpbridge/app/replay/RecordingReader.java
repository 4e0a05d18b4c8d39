package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads recordings: lines of JSON, each naming the exchange it is of.
 */
final class RecordingReader {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, List<JsonNode>> lines = new LinkedHashMap<>();

	private RecordingReader() {
	}

	/**
	 * Reads files.
	 * @param files the files of one recording
	 * @return its exchanges in the order of their requests
	 * @throws IllegalArgumentException if one cannot be read, or is no recording
	 */
	static List<RecordedExchange> read(List<Path> files) {
		RecordingReader reader = new RecordingReader();
		files.forEach(reader::readFile);
		return reader.exchanges();
	}

	private void readFile(Path file) {
		try (Stream<String> all = Files.lines(file)) {
			List<String> texts = all.toList();
			if (texts.isEmpty() || !JSON.readTree(texts.get(0)).path("type").asString("").equals("recording")) {
				throw unreadable(file);
			}
			check(file, JSON.readTree(texts.get(0)).path("v").asInt(0));
			for (int i = 1; i < texts.size(); i++) {
				line(texts.get(i), i == texts.size() - 1);
			}
		}
		catch (IOException | JacksonException ex) {
			throw unreadable(file);
		}
	}

	private static void check(Path file, int version) {
		if (version != 1) {
			throw new IllegalArgumentException("%s: version %d (expected: 1)".formatted(file, version));
		}
	}

	/** A process that was killed leaves half a line. */
	private void line(String text, boolean last) {
		try {
			JsonNode line = JSON.readTree(text);
			this.lines.computeIfAbsent(line.path("x").asString(""), (id) -> new ArrayList<>()).add(line);
		}
		catch (JacksonException ex) {
			if (!last) {
				throw ex;
			}
		}
	}

	private List<RecordedExchange> exchanges() {
		return this.lines.values()
			.stream()
			.filter((all) -> all.get(0).path("type").asString("").equals("request"))
			.map(RecordingReader::exchange)
			.sorted(Comparator.comparing((exchange) -> exchange.request().path("time").asString("")))
			.toList();
	}

	private static RecordedExchange exchange(List<JsonNode> all) {
		JsonNode response = of(all, "response").findFirst().orElse(MissingNode.getInstance());
		return new RecordedExchange(all.get(0), response, of(all, "event").toList(),
				of(all, "gap").findAny().isPresent());
	}

	private static Stream<JsonNode> of(List<JsonNode> lines, String type) {
		return lines.stream().filter((line) -> line.path("type").asString("").equals(type));
	}

	private static IllegalArgumentException unreadable(Path file) {
		return new IllegalArgumentException("%s: no recording (expected: a file mcp-traffic-….jsonl)".formatted(file));
	}

}
