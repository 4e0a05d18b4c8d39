package dev.mcpbridge.app.probe.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session on one stream of HTTP+SSE.
 */
final class SseVisit implements Visit {

	private final Line line;

	private final Reply opening;

	private final Map<String, String> marks;

	private int id = 1;

	private SseVisit(Line line, Reply opening, int told) {
		this.line = line;
		this.opening = opening;
		this.marks = Map.of("session", "given", "endpoint", line.messages().getRawPath(), "initialized",
				String.valueOf(told));
	}

	static Visit begin(Line line, String revision) throws IOException {
		Reply hello = line.ask(1, "initialize", Json.initialize(revision));
		if (hello instanceof Reply.Result) {
			return new SseVisit(line, hello, line.post(Json.initialized()).statusCode());
		}
		line.events().close();
		return new Refused(hello);
	}

	@Override
	public Reply opening() {
		return this.opening;
	}

	@Override
	public Map<String, String> marks() {
		return this.marks;
	}

	@Override
	public Reply ask(String method, ObjectNode params) {
		try {
			return this.line.ask(++this.id, method, params);
		}
		catch (IOException ex) {
			return new Reply.Silence(String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public void close() {
		this.line.events().close();
	}

	/**
	 * Both directions of a session.
	 *
	 * @param wire how to send
	 * @param headers what every message carries
	 * @param messages where messages go
	 * @param events where answers come
	 */
	record Line(Wire wire, Map<String, String> headers, URI messages, Events events) {

		HttpResponse<InputStream> post(JsonNode message) throws IOException {
			return this.wire.post(this.messages, this.headers, message);
		}

		Reply ask(int id, String method, ObjectNode params) throws IOException {
			HttpResponse<InputStream> taken = post(Json.request(id, method, params));
			if (!Wire.isSuccess(taken)) {
				return this.wire.refusal(taken);
			}
			taken.body().close();
			return this.events.answer(id, this.wire.patience());
		}

	}

}
