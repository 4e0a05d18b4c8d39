package dev.mcpbridge.app.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One request of a recording, and how it was answered.
 *
 * @param request the line of the request
 * @param response the line of the answer; a missing node if there was none
 * @param events the lines of the events of a stream
 * @param gaps whether something of the stream is missing
 */
record RecordedExchange(JsonNode request, JsonNode response, List<JsonNode> events, boolean gaps) {

	/** What stands for a secret. */
	static final Pattern PSEUDONYM = Pattern.compile("\\[~[A-Za-z0-9_-]{16}]");

	private static final Pattern SESSION = Pattern.compile("[?&]sessionId=([^&\\s]+)");

	String method() {
		return this.request.path("method").asString("");
	}

	String url() {
		return this.request.path("url").asString("");
	}

	String path() {
		return url().split("\\?", 2)[0];
	}

	/** The endpoints of the authorization server have no route. */
	boolean isOfARoute() {
		return this.request.path("route").isString();
	}

	boolean isAnswered() {
		return this.response.path("status").isNumber();
	}

	int status() {
		return this.response.path("status").asInt(0);
	}

	boolean isStream() {
		return this.response.path("stream").asBoolean(false);
	}

	boolean hasToken() {
		return header("authorization").isPresent();
	}

	Optional<String> header(String name) {
		return Optional.ofNullable(this.request.at("/headers/" + name + "/0").asString(null));
	}

	Optional<String> answerHeader(String name) {
		return Optional.ofNullable(this.response.at("/headers/" + name + "/0").asString(null));
	}

	/** The session of the old transport a message is for. */
	Optional<String> sessionInUrl() {
		return sessionIn(url());
	}

	/** The session of the old transport a stream opens. */
	Optional<String> sessionOfStream() {
		return this.events.stream()
			.filter((event) -> event.path("event").asString("").equals("endpoint"))
			.findFirst()
			.flatMap((event) -> sessionIn(event.path("text").asString("")));
	}

	private static Optional<String> sessionIn(String url) {
		Matcher session = SESSION.matcher(url);
		return session.find() ? Optional.of(session.group(1)) : Optional.empty();
	}

	JsonNode body() {
		return this.request.at("/body/json");
	}

	/** The messages that were sent: of a batch all, else one or none. */
	List<JsonNode> messages() {
		return each(body());
	}

	/** The answer, if it was no stream. */
	JsonNode answer() {
		return this.response.at("/body/json");
	}

	boolean isCutOff() {
		return this.gaps || this.response.at("/body/truncated").asBoolean(false)
				|| this.events.stream().anyMatch((event) -> event.path("truncated").asBoolean(false));
	}

	/** What answers the requests among the messages, by id. */
	Map<String, JsonNode> answers() {
		List<JsonNode> all = new ArrayList<>(each(answer()));
		this.events.forEach((event) -> all.addAll(each(event.path("json"))));
		return byId(all);
	}

	static Map<String, JsonNode> byId(List<JsonNode> messages) {
		Map<String, JsonNode> answers = new LinkedHashMap<>();
		messages.stream()
			.filter((message) -> message.isObject() && message.has("id") && !message.has("method"))
			.forEach((message) -> answers.put(message.path("id").toString(), message));
		return answers;
	}

	static List<JsonNode> each(JsonNode body) {
		return body.isArray() ? body.valueStream().toList() : (body instanceof MissingNode) ? List.of() : List.of(body);
	}

	/** What it is, in a line. */
	String title() {
		StringBuilder title = new StringBuilder(method()).append(' ').append(path());
		for (JsonNode message : messages()) {
			title.append(' ').append(message.path("method").asString("answer"));
			String tool = message.at("/params/name").asString("");
			title.append(tool.isEmpty() ? "" : " " + tool);
		}
		return title.toString();
	}

}
