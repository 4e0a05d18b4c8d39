package dev.mcpbridge.notice;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upstream that writes a banner into its results.
 */
class NoticesServerTests {

	static final List<String> moved = new CopyOnWriteArrayList<>();

	static volatile String type = "application/json";

	static volatile String answer = "";

	static final TestUpstream upstream = new TestUpstream(NoticesServerTests::answer);

	static final TestGateway gateway = TestGateway.bare()
		.property("mcp.bridge.notices.patterns[0]", "(?s)\\*\\*NOTICE\\*\\*.*?\\n\\n")
		.bean(NoticeListener.class, (count, told) -> moved.add(count + " " + told))
		.route("mcp", URI.create(upstream.url()), "/mcp", "McpHeaders", "McpTools", "McpStream")
		.start();

	final Browser browser = new Browser();

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		moved.clear();
	}

	@Test
	void aBannerInAJsonAnswerIsMovedIntoAHeader() {
		HttpResponse<String> response = call("application/json",
				"""
						{"jsonrpc":"2.0","id":5,"result":{"content":[{"type":"text","text":"**NOTICE** Gone \\u2192 soon.\\r\\nReally.\\n\\n"},\
						{"type":"text","text":"**NOTICE** Again\\n\\nThe issue"},{"type":"image","data":"**NOTICE**\\n\\n"}],"size":1.10}}""");
		assertThat(response.body()).isEqualTo("""
				{"jsonrpc":"2.0","id":5,"result":{"content":[{"type":"text","text":"The issue"},\
				{"type":"image","data":"**NOTICE**\\n\\n"}],"size":1.10}}""");
		assertThat(response.headers().allValues("mcp-bridge-notice")).containsExactlyInAnyOrder("**NOTICE** Again",
				"**NOTICE** Gone ? soon. Really.");
		assertThat(moved).containsExactly("2 true");
	}

	@Test
	void aBannerInAStreamIsTakenOutWhereverItIsCut() {
		HttpResponse<String> response = call("text/event-stream",
				"""
						event: message
						data: {"jsonrpc":"2.0","id":5,"result":{"content":[{"type":"text","text":"**NOTICE** Gone\\n\\nThe issue"}]}}

						""");
		assertThat(response.body()).contains("\"text\":\"The issue\"").doesNotContain("NOTICE");
		assertThat(response.headers().map()).doesNotContainKey("mcp-bridge-notice");
		assertThat(moved).containsExactly("1 false");
	}

	@Test
	void whatHasNoBannerPassesAsItIs() {
		String plain = """
				{ "jsonrpc" : "2.0", "id" : 5, "result" : { "content" : [ { "type" : "text", "text" : "NOTICE" } ] } }""";
		assertThat(call("application/json", plain).body()).isEqualTo(plain);
		assertThat(call("application/json", "{\"content\": no JSON").body()).isEqualTo("{\"content\": no JSON");
		assertThat(moved).isEmpty();
	}

	private HttpResponse<String> call(String answeredAs, String answered) {
		type = answeredAs;
		answer = answered;
		return this.browser.send(HttpRequest.newBuilder(gateway.url("/mcp"))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(BodyPublishers.ofString(
					"""
							{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"getJiraIssue","arguments":{}}}""")));
	}

	/** In pieces of three characters, so that the banner and its letters are cut. */
	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		List<String> pieces = answer.lines().count() > 0 ? List.of(answer.split("(?s)(?<=\\G.{3})")) : List.of();
		return request.receive()
			.aggregate()
			.then(response.header("content-type", type).sendString(Flux.fromIterable(pieces)).then());
	}

}
