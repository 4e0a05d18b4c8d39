package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a service gets to see of a replay that answers in streams, in sessions of its own.
 */
class ReplayServerTests {

	private static final String THEN = "[~0aBcDeFgHiJkLmNo]";

	private final TestUpstream service = new TestUpstream(ReplayServerTests::answer);

	private final Path file;

	ReplayServerTests(@TempDir Path directory) {
		this.file = directory.resolve("mcp-traffic-x.jsonl");
	}

	@AfterEach
	void stop() {
		this.service.close();
	}

	@Test
	void aSessionThatBeganBeforeIsOpenedAnew() throws IOException {
		ReplayRun run = replay(
				exchange(1, "ping",
						"\"mcp-session-id\":[\"%s\"],\"authorization\":[\"Bearer %s\"]".formatted(THEN, THEN)),
				exchange(2, "ping", "\"mcp-session-id\":[\"%s\"]".formatted(THEN)));
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(this.service.received()).extracting((request) -> request.headers().get("mcp-session-id", "none"))
			.containsExactly("none", "session-of-now", "session-of-now", "session-of-now");
		assertThat(this.service.received()).extracting((request) -> request.headers().get("authorization", "none"))
			.containsExactly("Bearer the-token", "Bearer the-token", "Bearer the-token", "none");
	}

	@Test
	void aModernRequestKeepsItsHeadersAndNoOthers() throws IOException {
		ReplayRun run = replay(exchange(1, "ping",
				"\"mcp-method\":[\"ping\"],\"mcp-protocol-version\":[\"2026-07-28\"],\"user-agent\":[\"them\"],\"cookie\":[\"a=%s\"]"
					.formatted(THEN)));
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(this.service.received()).singleElement().satisfies((request) -> {
			assertThat(request.headers().get("mcp-method")).isEqualTo("ping");
			assertThat(request.headers().get("mcp-protocol-version")).isEqualTo("2026-07-28");
			assertThat(request.headers().get("user-agent")).isNotEqualTo("them");
			assertThat(request.headers().contains("cookie")).isFalse();
		});
	}

	@Test
	void anAnswerThatDoesNotComeIsADifference() throws IOException {
		ReplayRun run = replay(exchange(404, "ping", ""));
		assertThat(run.status()).isEqualTo(1);
		assertThat(run.differences()).containsExactly("answer 404: there, now none");
	}

	private ReplayRun replay(String... exchanges) throws IOException {
		Files.writeString(this.file,
				"{\"type\":\"recording\",\"v\":1,\"time\":\"2026-11-23T03:37:03Z\"}\n" + String.join("", exchanges));
		return ReplayRun.of(List.of(this.file), URI.create(this.service.url().replace("127.0.0.1", "localhost")),
				"the-token");
	}

	private static String exchange(int id, String method, String headers) {
		return """
				{"type":"request","x":"%1$d","time":"2026-11-23T03:37:03Z","route":"mcp","method":"POST","url":"/mcp","headers":{%3$s},\
				"body":{"bytes":1,"json":{"jsonrpc":"2.0","id":%1$d,"method":"%2$s"}}}
				{"type":"response","x":"%1$d","time":"2026-11-23T03:37:04Z","status":200,"headers":{"content-type":["text/event-stream"]},"stream":true}
				{"type":"event","x":"%1$d","time":"2026-11-23T03:37:04Z","n":1,"event":"message","json":{"jsonrpc":"2.0","id":%1$d,"result":{}}}
				{"type":"end","x":"%1$d","time":"2026-11-23T03:37:04Z","end":"complete","events":1,"bytes":60}
				"""
			.formatted(id, method, headers);
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return response.sendString(request.receive().aggregate().asString().map((body) -> {
			JsonNode message = JsonMapper.shared().readTree(body);
			if (message.path("method").asString("").equals("initialize")) {
				response.header("Mcp-Session-Id", "session-of-now").header("Content-Type", "application/json");
				return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
			}
			response.header("Content-Type", "text/event-stream");
			return "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
					+ "data: {\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{}}\n\n"
						.formatted(message.path("id").asInt(0) == 404 ? "1" : message.path("id"));
		}));
	}

}
