package dev.mcpbridge.policy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import dev.mcpbridge.testing.Browser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The forms a request of MCP may have on the wire.
 */
enum WireForm {

	/** Streamable HTTP, answered with JSON. */
	JSON("application/json, text/event-stream"),

	/** Streamable HTTP, answered with events. */
	SSE("text/event-stream"),

	/** Streamable HTTP, several messages at once. */
	BATCH("application/json, text/event-stream"),

	/**
	 * Revision 2026-07-28: no session, and headers that say again what is in the body.
	 */
	MODERN("application/json, text/event-stream"),

	/** HTTP+SSE. */
	LEGACY(""),

	/** HTTP+SSE, several messages at once. */
	LEGACY_BATCH("");

	private static final JsonMapper JSON_MAPPER = JsonMapper.shared();

	private static final Browser BROWSER = new Browser();

	private static final String META = """
			"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
			"io.modelcontextprotocol/clientCapabilities":{}}""";

	private final String accept;

	WireForm(String accept) {
		this.accept = accept;
	}

	boolean isBatch() {
		return this == BATCH || this == LEGACY_BATCH;
	}

	/** Begins to speak at a base such as {@code http://localhost/policy}. */
	Speaker speak(URI base, String token) {
		return switch (this) {
			case LEGACY, LEGACY_BATCH -> new LegacySpeaker(this, base, token);
			case MODERN -> new StreamableSpeaker(this, base, token, "");
			default -> new StreamableSpeaker(this, base, token, session(base, token));
		};
	}

	private static String session(URI base, String token) {
		HttpResponse<String> answer = BROWSER.send(request(base, token, JSON.accept).POST(BodyPublishers
			.ofString(message("0", "initialize", "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{},"
					+ "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}"))));
		return answer.headers().firstValue("mcp-session-id").orElseThrow();
	}

	private static HttpRequest.Builder request(URI base, String token, String accept) {
		return HttpRequest.newBuilder(URI.create(base + "/mcp"))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.header("Accept", accept);
	}

	static String message(String id, String method, String params) {
		return "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"%s\",\"params\":%s}".formatted(id, method, params);
	}

	/** Puts a harmless request beside it. */
	private String body(String id, String method, String params) {
		String message = message(id, method, params);
		return isBatch() ? "[%s,%s]".formatted(message, message(id + "beside", "ping", "{}")) : message;
	}

	/** Somebody who sends requests in this form. */
	interface Speaker extends AutoCloseable {

		Said say(String id, String method, String params, String name);

		default Said call(String id, String tool, String arguments) {
			return say(id, "tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments), tool);
		}

		default Said list(String id, String params) {
			return say(id, "tools/list", params, "");
		}

		@Override
		default void close() {
		}

	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status
	 * @param challenge the header that challenges, or an empty text
	 * @param message the answer of JSON-RPC; a missing node if there is none
	 * @param beside the answer to what was sent beside it
	 * @param type the media type of the body
	 */
	record Said(int status, String challenge, JsonNode message, JsonNode beside, String type) {

		Said isRefusedBy(String policy) {
			assertThat(this.status).isEqualTo(200);
			JsonNode error = this.message.path("error");
			assertThat(error.path("code").asInt()).as("%s", this.message).isEqualTo(-32000);
			assertThat(error.path("message").asString()).isNotEmpty();
			assertThat(error.path("data").path("policy").asString()).isEqualTo(policy);
			return this;
		}

		Said lacksScope(String scope) {
			assertThat(this.status).as("%s", this.message).isEqualTo(403);
			assertThat(this.challenge).contains("Bearer ", "error=\"insufficient_scope\"", "scope=\"" + scope + "\"",
					"resource_metadata=");
			return this;
		}

		Said isAnsweredByTheUpstream() {
			assertThat(this.status).isEqualTo(200);
			assertThat(this.message.has("result") || this.message.has("error")).as("%s", this.message).isTrue();
			assertThat(this.message.path("error").path("data").has("policy")).as("%s", this.message).isFalse();
			return this;
		}

	}

	private record StreamableSpeaker(WireForm form, URI base, String token, String session) implements Speaker {

		@Override
		public Said say(String id, String method, String params, String name) {
			HttpRequest.Builder request = request(this.base, this.token, this.form.accept);
			String said = params;
			if (this.form == MODERN) {
				said = params.equals("{}") ? "{" + META + "}" : "{" + META + "," + params.substring(1);
				request.header("MCP-Protocol-Version", "2026-07-28").header("Mcp-Method", method);
				if (!name.isEmpty()) {
					request.header("Mcp-Name", name);
				}
			}
			else {
				request.header("Mcp-Session-Id", this.session);
			}
			HttpResponse<String> answer = BROWSER
				.send(request.POST(BodyPublishers.ofString(this.form.body(id, method, said))));
			String type = answer.headers().firstValue("content-type").orElse("");
			JsonNode read = JSON_MAPPER.createArrayNode();
			if (type.startsWith("text/event-stream")) {
				JsonNode all = JSON_MAPPER.createArrayNode()
					.addAll(answer.body()
						.lines()
						.filter((line) -> line.startsWith("data:") && line.length() > "data: ".length())
						.map((line) -> JSON_MAPPER.readTree(line.substring("data:".length())))
						.toList());
				read = (all.size() == 1 && all.get(0).isArray()) ? all.get(0) : all;
			}
			else if (!answer.body().isEmpty()) {
				JsonNode body = JSON_MAPPER.readTree(answer.body());
				read = body.isArray() ? body : JSON_MAPPER.createArrayNode().add(body);
			}
			return new Said(answer.statusCode(), answer.headers().firstValue("www-authenticate").orElse(""),
					of(read, id), of(read, id + "beside"), type);
		}

	}

	private static JsonNode of(JsonNode messages, String id) {
		return messages.valueStream()
			.filter((message) -> message.path("id").asString("").equals(id))
			.findFirst()
			.orElse(JSON_MAPPER.missingNode());
	}

	private static final class LegacySpeaker implements Speaker {

		private final WireForm form;

		private final LegacySession session;

		LegacySpeaker(WireForm form, URI base, String token) {
			this.form = form;
			this.session = new LegacySession(URI.create(base + "/sse"), token);
		}

		@Override
		public Said say(String id, String method, String params, String name) {
			HttpResponse<String> taken = this.session.post(this.form.body(id, method, params));
			String challenge = taken.headers().firstValue("www-authenticate").orElse("");
			if (taken.statusCode() != 202) {
				return new Said(taken.statusCode(), challenge, JSON_MAPPER.missingNode(), JSON_MAPPER.missingNode(),
						"");
			}
			JsonNode all = JSON_MAPPER.createArrayNode();
			while (all.size() < (this.form.isBatch() ? 2 : 1)) {
				JsonNode next = this.session.next();
				all = next.isArray() ? next : ((tools.jackson.databind.node.ArrayNode) all).add(next);
			}
			return new Said(200, challenge, of(all, id), of(all, id + "beside"), "text/event-stream");
		}

		@Override
		public void close() {
			this.session.close();
		}

	}

}
