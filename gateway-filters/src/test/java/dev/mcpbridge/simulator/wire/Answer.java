package dev.mcpbridge.simulator.wire;

import java.util.LinkedHashMap;
import java.util.Map;

import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/**
 * What is answered to a {@link Call}, before the edge adds its headers.
 */
public sealed interface Answer {

	/**
	 * Returns the HTTP status.
	 * @return the status code
	 */
	int status();

	/**
	 * Returns the headers this answer insists on.
	 * @return values by lower-case name
	 */
	Map<String, String> headers();

	/**
	 * Returns the same answer with one more header.
	 * @param name the header name in lower case
	 * @param value its value
	 * @return the other answer
	 */
	Answer with(String name, String value);

	/**
	 * Answers with JSON.
	 * @param status the HTTP status
	 * @param body the JSON to write
	 * @return the answer
	 */
	static Answer json(int status, JsonNode body) {
		return text(status, "application/json", body.toString());
	}

	/**
	 * Answers with text of some media type.
	 * @param status the HTTP status
	 * @param type the content type
	 * @param body the text
	 * @return the answer
	 */
	static Answer text(int status, String type, String body) {
		return new Whole(status, Map.of("content-type", type), body);
	}

	/**
	 * Answers without a body.
	 * @param status the HTTP status
	 * @return the answer
	 */
	static Answer empty(int status) {
		return new Whole(status, Map.of(), "");
	}

	/**
	 * Answers that nothing is here.
	 * @return the answer
	 */
	static Answer notFound() {
		return text(404, "text/plain;charset=UTF-8", "Not found");
	}

	/**
	 * Sends the browser somewhere else.
	 * @param location where to
	 * @return the answer
	 */
	static Answer redirect(String location) {
		return empty(302).with("location", location);
	}

	/**
	 * Answers with server-sent events.
	 * @param events the events, each already in wire form
	 * @return the answer
	 */
	static Answer events(Flux<String> events) {
		return new Flowing(Map.of("content-type", "text/event-stream"), events);
	}

	/**
	 * Writes one server-sent event.
	 * @param name the event name
	 * @param data its data, one line
	 * @return the event in wire form
	 */
	static String event(String name, String data) {
		return "event: " + name + "\ndata: " + data + "\n\n";
	}

	/**
	 * An answer known to its last byte.
	 */
	record Whole(int status, Map<String, String> headers, String body) implements Answer {

		@Override
		public Answer with(String name, String value) {
			return new Whole(this.status, plus(this.headers, name, value), this.body);
		}

	}

	/**
	 * An answer that is written while it happens.
	 */
	record Flowing(Map<String, String> headers, Flux<String> events) implements Answer {

		@Override
		public int status() {
			return 200;
		}

		@Override
		public Answer with(String name, String value) {
			return new Flowing(plus(this.headers, name, value), this.events);
		}

	}

	private static Map<String, String> plus(Map<String, String> headers, String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(headers);
		more.put(name, value);
		return more;
	}

}
