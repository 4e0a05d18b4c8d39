package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Sends recorded requests again, one after the other, in sessions of its own.
 */
final class Replayer {

	private static final String SESSION = "mcp-session-id";

	/** What is sent as it was; the rest is of the connection, or of somebody. */
	private static final Set<String> SENT = Set.of("accept", "content-type", "mcp-protocol-version", "mcp-method",
			"mcp-name");

	private final Wire wire;

	private final Target target;

	private final @Nullable Secret token;

	private final Caution caution;

	private final JsonComparison comparison;

	private final Sessions sessions = new Sessions();

	private final Map<String, Map<String, JsonNode>> answersOnStreams = new LinkedHashMap<>();

	Replayer(Wire wire, Target target, @Nullable Secret token, Caution caution, boolean values) {
		this.wire = wire;
		this.target = target;
		this.token = token;
		this.caution = caution;
		this.comparison = new JsonComparison(values);
	}

	/**
	 * Replays a recording.
	 * @param exchanges the exchanges in their order
	 * @return what came of each
	 * @throws ConnectException if nobody is there
	 */
	List<Outcome> replay(List<RecordedExchange> exchanges) throws ConnectException {
		exchanges.forEach((exchange) -> exchange.sessionOfStream()
			.ifPresent((session) -> this.answersOnStreams.put(session, exchange.answers())));
		List<Outcome> outcomes = new ArrayList<>();
		try (this.sessions) {
			for (RecordedExchange exchange : exchanges) {
				outcomes.add(replay(exchange));
			}
		}
		return outcomes;
	}

	private Outcome replay(RecordedExchange exchange) throws ConnectException {
		Optional<String> why = this.caution.against(exchange);
		if (why.isPresent()) {
			return Outcome.skipped(exchange, why.get());
		}
		try {
			Optional<String> message = exchange.sessionInUrl();
			if (message.isPresent()) {
				return this.sessions.line(message.get())
					.map((line) -> posted(exchange, message.get(), line))
					.orElseGet(() -> Outcome.skipped(exchange, "its stream is not in the recording"));
			}
			enter(exchange);
			return exchange.method().equals("GET") ? listened(exchange) : asked(exchange);
		}
		catch (ConnectException ex) {
			throw ex;
		}
		catch (IOException ex) {
			return Outcome.failed(exchange, String.valueOf(ex.getMessage()));
		}
	}

	/** A session that began before the recording, and was good then. */
	private void enter(RecordedExchange exchange) throws IOException {
		Optional<String> session = exchange.header(SESSION);
		if (session.isPresent() && exchange.status() < 400 && this.sessions.now(session.get()).isEmpty()) {
			new Opening(this.wire).open(this.target.of(exchange), headers(exchange))
				.ifPresent((now) -> this.sessions.opened(session.get(), now));
		}
	}

	/** A stream is opened; what a server says unasked is not compared. */
	private Outcome listened(RecordedExchange exchange) throws IOException {
		HttpResponse<InputStream> answer = this.wire.send("GET", this.target.of(exchange), headers(exchange), null);
		List<Difference> differences = heads(exchange, answer);
		Optional<String> session = exchange.sessionOfStream();
		if (session.isEmpty() || answer.statusCode() != 200) {
			answer.body().close();
			return Outcome.compared(exchange, differences, "");
		}
		EventFeed events = new EventFeed(answer.body());
		EventFeed.Event first = events.next(this.wire.patience());
		Optional<URI> messages = (first != null && first.name().equals("endpoint")) ? this.target.within(first.data())
				: Optional.empty();
		if (messages.isEmpty()) {
			events.close();
			differences.add(new Difference("event endpoint", "there", "none"));
		}
		messages.ifPresent((url) -> this.sessions.opened(session.get(), new Sessions.Line(url, events)));
		return Outcome.compared(exchange, differences, "");
	}

	/** A message of the old transport: its answer comes on the stream. */
	private Outcome posted(RecordedExchange exchange, String session, Sessions.Line line) {
		try {
			HttpResponse<InputStream> answer = this.wire.send("POST", line.messages(), headers(exchange),
					this.sessions.withCursor(exchange.body()).toString());
			List<Difference> differences = heads(exchange, answer);
			this.wire.whole(answer);
			Map<String, JsonNode> then = new LinkedHashMap<>(this.answersOnStreams.getOrDefault(session, Map.of()));
			then.keySet().retainAll(ids(exchange));
			compare(then, line.events().answers(List.copyOf(then.keySet()), this.wire.patience()), differences);
			return Outcome.compared(exchange, differences, "");
		}
		catch (IOException ex) {
			return Outcome.failed(exchange, String.valueOf(ex.getMessage()));
		}
	}

	private Outcome asked(RecordedExchange exchange) throws IOException {
		boolean hasBody = exchange.method().equals("POST");
		String body = hasBody ? this.sessions.withCursor(exchange.body()).toString() : null;
		HttpResponse<InputStream> answer = this.wire.send(exchange.method(), this.target.of(exchange),
				headers(exchange), body);
		List<Difference> differences = heads(exchange, answer);
		exchange.answerHeader(SESSION)
			.ifPresent(
					(then) -> answer.headers().firstValue(SESSION).ifPresent((now) -> this.sessions.opened(then, now)));
		boolean stream = answer.headers().firstValue("content-type").orElse("").contains("text/event-stream")
				&& answer.statusCode() == 200;
		if (exchange.isCutOff()) {
			answer.body().close();
			return Outcome.compared(exchange, differences,
					"only the head is compared: the recording has not all of it");
		}
		JsonNode whole = stream ? MissingNode.getInstance() : parsed(this.wire.whole(answer));
		List<JsonNode> now = stream ? awaited(exchange, answer) : RecordedExchange.each(whole);
		Map<String, JsonNode> then = exchange.answers();
		if (then.isEmpty() && !stream && !exchange.isStream()) {
			differences.addAll(this.comparison.compare("body", exchange.answer(), whole));
		}
		else {
			compare(then, now, differences);
		}
		return Outcome.compared(exchange, differences, "");
	}

	private List<JsonNode> awaited(RecordedExchange exchange, HttpResponse<InputStream> answer) throws IOException {
		try (EventFeed events = new EventFeed(answer.body())) {
			return events.answers(ids(exchange), this.wire.patience());
		}
	}

	private void compare(Map<String, JsonNode> then, List<JsonNode> now, List<Difference> differences) {
		Map<String, JsonNode> came = RecordedExchange.byId(now);
		then.forEach((id, before) -> {
			JsonNode after = came.remove(id);
			if (after == null) {
				differences.add(new Difference("answer " + id, "there", "none"));
			}
			else {
				this.sessions.turned(before, after);
				differences.addAll(this.comparison.compare("answer", before, after));
			}
		});
		came.keySet().forEach((id) -> differences.add(new Difference("answer " + id, "none", "there")));
	}

	private static List<Difference> heads(RecordedExchange exchange, HttpResponse<?> answer) {
		List<Difference> differences = new ArrayList<>();
		new Answer(exchange.status(), exchange::answerHeader)
			.compare(new Answer(answer.statusCode(), answer.headers()::firstValue), differences);
		return differences;
	}

	private Map<String, String> headers(RecordedExchange exchange) {
		Map<String, String> headers = new LinkedHashMap<>();
		exchange.request().path("headers").forEachEntry((name, values) -> {
			if (SENT.contains(name.toLowerCase(Locale.ROOT)) || name.startsWith("mcp-param-")) {
				headers.put(name, values.path(0).asString(""));
			}
		});
		Secret token = this.token;
		if (token != null && exchange.hasToken()) {
			headers.put("Authorization", "Bearer " + token.reveal());
		}
		exchange.header(SESSION).ifPresent((then) -> headers.put(SESSION, this.sessions.now(then).orElse(then)));
		return headers;
	}

	private static List<String> ids(RecordedExchange exchange) {
		return exchange.messages()
			.stream()
			.filter((message) -> message.has("id") && message.has("method"))
			.map((message) -> message.path("id").toString())
			.toList();
	}

	private static JsonNode parsed(String text) {
		try {
			return text.isBlank() ? MissingNode.getInstance() : JsonMapper.shared().readTree(text);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

}
