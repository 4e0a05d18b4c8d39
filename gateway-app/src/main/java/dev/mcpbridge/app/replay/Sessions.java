package dev.mcpbridge.app.replay;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands now for what stood there then: sessions, streams and pages of lists.
 */
final class Sessions implements AutoCloseable {

	private final Map<String, String> ids = new HashMap<>();

	private final Map<String, String> cursors = new HashMap<>();

	private final Map<String, Line> lines = new HashMap<>();

	void opened(String then, String now) {
		this.ids.put(then, now);
	}

	Optional<String> now(String then) {
		return Optional.ofNullable(this.ids.get(then));
	}

	void opened(String then, Line line) {
		Line before = this.lines.put(then, line);
		if (before != null) {
			before.events().close();
		}
	}

	Optional<Line> line(String then) {
		return Optional.ofNullable(this.lines.get(then));
	}

	/** Remembers where the next page of a list begins now. */
	void turned(JsonNode then, JsonNode now) {
		String before = then.at("/result/nextCursor").asString("");
		String after = now.at("/result/nextCursor").asString("");
		if (!before.isEmpty() && !after.isEmpty()) {
			this.cursors.put(before, after);
		}
	}

	/** Returns a body that asks for the same page. */
	JsonNode withCursor(JsonNode body) {
		String cursor = body.at("/params/cursor").asString("");
		String now = this.cursors.get(cursor);
		if (now == null) {
			return body;
		}
		JsonNode copy = body.deepCopy();
		((ObjectNode) copy.path("params")).put("cursor", now);
		return copy;
	}

	@Override
	public void close() {
		this.lines.values().forEach((line) -> line.events().close());
	}

	/**
	 * A stream of the old transport.
	 *
	 * @param messages where messages go
	 * @param events where answers come
	 */
	record Line(URI messages, EventFeed events) {
	}

}
