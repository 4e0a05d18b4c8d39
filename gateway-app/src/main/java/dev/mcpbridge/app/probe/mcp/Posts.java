package dev.mcpbridge.app.probe.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Requests whose answers come back on the POST that asked: as JSON, or as events.
 */
final class Posts {

	private final Wire wire;

	private final URI address;

	Posts(Wire wire, URI address) {
		this.wire = wire;
		this.address = address;
	}

	/** Sends a request and waits for its answer. */
	Posted ask(Map<String, String> headers, JsonNode message) throws IOException {
		HttpResponse<InputStream> answer = this.wire.post(this.address, headers, message);
		if (!Wire.isSuccess(answer)) {
			return new Posted(this.wire.refusal(answer), answer);
		}
		int id = message.path("id").asInt();
		return new Posted(Wire.isEvents(answer) ? among(answer, id) : alone(answer, id), answer);
	}

	/** Sends what nobody answers, and returns the status. */
	int tell(Map<String, String> headers, JsonNode message) throws IOException {
		HttpResponse<InputStream> answer = this.wire.post(this.address, headers, message);
		answer.body().close();
		return answer.statusCode();
	}

	void end(Map<String, String> headers) throws IOException {
		this.wire.delete(this.address, headers);
	}

	private Reply alone(HttpResponse<InputStream> answer, int id) throws IOException {
		JsonNode message = Json.parse(this.wire.whole(answer));
		return Json.answers(message, id) ? Json.reply(message) : new Reply.Silence("an answer that is not JSON-RPC");
	}

	private Reply among(HttpResponse<InputStream> answer, int id) throws IOException {
		try (Events events = new Events(answer.body())) {
			return events.answer(id, this.wire.patience());
		}
	}

	/**
	 * An answer and what it came with.
	 *
	 * @param reply the answer
	 * @param response what it came with, its body read
	 */
	record Posted(Reply reply, HttpResponse<?> response) {
	}

}
