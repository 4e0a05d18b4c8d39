package dev.mcpbridge.translation.sseupstream;

import java.util.ArrayList;
import java.util.List;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.message.JsonRpcMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;

/**
 * What a client that has posted requests still has to be told.
 *
 * @param calls the requests without an answer
 */
record Awaited(List<Call> calls) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Reads what a body asks.
	 * @param body what a client has posted
	 * @return its requests, perhaps none
	 * @throws JsonRpcException 400 if an id is there twice, or longer than
	 * {@value Topics#LONGEST} characters
	 */
	static Awaited of(JsonRpcBody body) {
		List<Call> calls = body.messages()
			.stream()
			.filter(JsonRpcMessage::isRequest)
			.map((request) -> new Call(name(request.id()), name(request.progressToken())))
			.toList();
		if (calls.stream().map(Call::id).distinct().count() < calls.size()) {
			throw new JsonRpcException(HttpStatus.BAD_REQUEST,
					new JsonRpcError(JsonRpcError.INVALID_REQUEST, "Request id used twice"));
		}
		return new Awaited(calls);
	}

	/**
	 * Reads what {@link #text} has written.
	 * @param text the text, perhaps a stranger's
	 * @return what is awaited
	 * @throws IllegalArgumentException if it is something else
	 */
	static Awaited parse(String text) {
		try {
			List<Call> calls = new ArrayList<>();
			for (JsonNode call : JSON.readTree(text)) {
				calls.add(new Call(read(call.path(0).asString()).toString(), call.path(1).asString()));
			}
			return new Awaited(List.copyOf(calls));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("not what a stream waits for", ex);
		}
	}

	boolean isOver() {
		return this.calls.isEmpty();
	}

	/** Tells whether an entry is about any of the requests. */
	boolean concerns(String topic) {
		return this.calls.stream().anyMatch((call) -> call.ends(topic) || call.reports(topic));
	}

	/** What is awaited after an entry. */
	Awaited after(String topic) {
		return new Awaited(this.calls.stream().filter((call) -> !call.ends(topic)).toList());
	}

	/** The topics of the answers. */
	List<String> answers() {
		return this.calls.stream().map((call) -> Topics.answer(call.id())).toList();
	}

	/** Answers each of the requests with an error. */
	List<String> failed(JsonRpcError error) {
		return this.calls.stream().map((call) -> JSON.writeValueAsString(error.answer(read(call.id())))).toList();
	}

	/** Writes it down, for whoever goes on with it. */
	String text() {
		return JSON.writeValueAsString(this.calls.stream().map((call) -> List.of(call.id(), call.token())).toList());
	}

	private static String name(@Nullable JsonNode name) {
		String text = (name != null) ? name.toString() : "";
		if (text.length() > Topics.LONGEST) {
			throw new JsonRpcException(HttpStatus.BAD_REQUEST, new JsonRpcError(JsonRpcError.INVALID_REQUEST,
					"Request id or progress token longer than " + Topics.LONGEST + " characters"));
		}
		return text;
	}

	private static JsonNode read(String id) {
		return JSON.readTree(id);
	}

	/**
	 * A request.
	 *
	 * @param id its id as JSON
	 * @param token what its progress is reported under, as JSON; empty if it is not
	 */
	record Call(String id, String token) {

		boolean ends(String topic) {
			return topic.equals(Topics.answer(this.id)) || topic.equals(Topics.cancelled(this.id));
		}

		boolean reports(String topic) {
			return !this.token.isEmpty() && topic.equals(Topics.progress(this.token));
		}

	}

}
