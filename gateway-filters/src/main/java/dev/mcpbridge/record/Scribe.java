package dev.mcpbridge.record;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * Writes what passed as lines of a recording, without what must not be known.
 * <p>
 * For one thread.
 */
final class Scribe {

	private final Redactor redactor;

	private final RedactedQuery urls;

	private final RedactedHeaders headers;

	private final RedactedBody bodies;

	private final int limit;

	Scribe(Pseudonyms pseudonyms, RedactionRules rules, int limit) {
		this.limit = limit;
		this.redactor = new Redactor(pseudonyms, rules.emails());
		this.urls = new RedactedQuery(this.redactor);
		this.headers = new RedactedHeaders(this.redactor, rules.headers());
		this.bodies = new RedactedBody(this.redactor, new RedactedJson(this.redactor, rules.paths()), limit);
	}

	int limit() {
		return this.limit;
	}

	ObjectNode line(String type, Capture of, Instant time) {
		return JsonNodeFactory.instance.objectNode().put("type", type).put("x", of.id()).put("time", time.toString());
	}

	ObjectNode request(Piece.Begun begun) {
		Call call = begun.call();
		// first the headers: they name what the rest may repeat
		ObjectNode headers = this.headers.of(call.headers());
		ObjectNode line = line("request", begun.of(), begun.time()).put("route", call.route())
			.put("method", call.method())
			.put("url", this.urls.url(call.url()));
		line.set("headers", headers);
		ObjectNode login = line.putObject("login");
		put(login, "person", call.login().person());
		put(login, "client", call.login().client());
		put(login, "grant", call.login().grant());
		return line;
	}

	ObjectNode response(Piece.Answered answered, Instant asked) {
		ObjectNode line = line("response", answered.of(), answered.time()).put("status", answered.status())
			.put("took_ms", answered.time().toEpochMilli() - asked.toEpochMilli());
		line.set("headers", this.headers.of(answered.headers()));
		return line;
	}

	ObjectNode body(byte[] kept, long missed, HttpHeaders headers) {
		return this.bodies.of(kept, missed, headers);
	}

	ObjectNode event(Capture of, Instant time, int number, SseEvent event) {
		ObjectNode line = line("event", of, time).put("n", number).put("event", this.redactor.text(event.name()));
		if (event.id() != null) {
			line.put("id", this.redactor.text(event.id()));
		}
		boolean address = event.name().equals("endpoint") && !event.truncated();
		return address ? line.put("text", this.urls.url(event.data()))
				: this.bodies.describe(line, event.data(), event.truncated());
	}

	static String word(Piece.End end) {
		return end.name().toLowerCase(Locale.ROOT);
	}

	private void put(ObjectNode login, String name, @Nullable String value) {
		if (value != null) {
			login.put(name, this.redactor.personal(value));
		}
	}

}
