package dev.mcpbridge.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The filter alone, before an upstream whose answers a test writes: gates, listeners,
 * lists, and what it leaves alone.
 */
class McpToolsServerTests {

	static final String LIST = """
			{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"createJiraIssue"},{"name":"getJiraIssue","v":1.0}],\
			"nextCursor":"page2","ttlMs":5,"cacheScope":"public"}}""";

	static final String SHORTER = """
			{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"getJiraIssue","v":1.0}],\
			"nextCursor":"page2","ttlMs":5,"cacheScope":"private"}}""";

	static final TestUpstream upstream = new TestUpstream(McpToolsServerTests::answer);

	static final Heard heard = new Heard();

	static final Gate gate = new Gate();

	static final TestGateway gateway = builder().bean(ToolCallListener.class, heard).bean(CallGate.class, gate).start();

	static final TestGateway idle = TestGateway.bare()
		.route("mcp", URI.create(upstream.url()), "/mcp", "McpTools")
		.start();

	private static TestGateway.Builder builder() {
		URI url = URI.create(upstream.url());
		return TestGateway.bare()
			.property("mcp.bridge.tools.policies[0].name", "reading")
			.property("mcp.bridge.tools.policies[0].mode", "read-only")
			.property("mcp.bridge.tools.policies[1].name", "trial")
			.property("mcp.bridge.tools.policies[1].mode", "read-only")
			.property("mcp.bridge.tools.policies[1].dry-run", "true")
			.property("mcp.bridge.tools.max-answer", "64KB")
			.route("reading", url, "/mcp,/sse", "McpTools=reading", "McpStream=1m")
			.route("trial", url, "/trial", "McpTools=trial")
			.route("none", url, "/none", "McpTools");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		idle.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		heard.calls.clear();
		heard.hidden.set(0);
		upstream.received().clear();
		gate.next = Mono.just(Admission.FREE);
	}

	@Test
	void withNothingToDoItReadsNothing() {
		HttpResponse<String> answer = send(idle.url("/mcp"), "{{ no json", "X-Answer", "{}", "Content-Encoding",
				"gzip");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(upstream.last().headers().get("content-encoding")).isEqualTo("gzip");
	}

	@Test
	void aRouteWithoutAPolicyAsksTheGatesAllTheSame() {
		assertThat(send(gateway.url("/none"), call("createJiraIssue"), "X-Answer", result("{}")).body())
			.contains("result");
		assertThat(only().decision().reason()).isEqualTo("no-policy");
	}

	@Test
	void onTrialACallPassesAndIsToldOf() {
		assertThat(send(gateway.url("/trial"), call("createJiraIssue"), "X-Answer", result("{}")).body())
			.contains("result");
		assertThat(only().decision().verdict()).isEqualTo(Decision.Verdict.WOULD_REFUSE);
		assertThat(send(gateway.url("/trial"), list(), "X-Answer", LIST).body()).contains("createJiraIssue");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "200 | {\"id\":1,\"result\":{\"content\":[]}} | OK",
					"200 | {\"id\":1,\"result\":{\"content\":[{\"isError\":true}],\"isError\":false}} | OK",
					"200 | {\"id\":1,\"result\":{\"content\":[],\"isError\":true}} | TOOL_ERROR",
					"200 | {\"id\":1,\"error\":{\"code\":1}} | ERROR", "200 | {\"method\":\"ping\",\"id\":5} | BROKEN",
					"200 | no json | BROKEN", "202 | '' | ACCEPTED", "401 | {} | UNAUTHORIZED", "404 | {} | FAILED",
					"500 | {} | FAILED" })
	void howACallEndedIsSeenInItsAnswer(String status, String answer, CallOutcome expected) {
		send(gateway.url("/mcp"), call("getJiraIssue"), "X-Status", status, "X-Answer", answer);
		assertThat(only().outcome()).isEqualTo(expected);
		if (!answer.isEmpty() && status.equals("200")) {
			heard.calls.clear();
			send(gateway.url("/mcp"), call("getJiraIssue"), "X-Answer",
					": hello~~data: {\"method\":\"notifications/x\"}~~data: " + answer + "~~", "X-Type",
					"text/event-stream");
			assertThat(only().outcome()).isEqualTo(expected);
		}
	}

	@Test
	void aCallThatIsRefusedIsToldOfOnce() {
		send(gateway.url("/mcp"), call("createJiraIssue"));
		EndedCall told = only();
		assertThat(told.outcome()).isEqualTo(CallOutcome.REFUSED);
		assertThat(told.decision()).isEqualTo(new Decision(Decision.Verdict.REFUSED, "mode", "reading", ""));
		assertThat(told.call().name()).isEqualTo("createJiraIssue");
		assertThat(told.call().kind()).isEqualTo(ToolClass.WRITE);
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void aGateMayRefuseWithAStatus() {
		gate.next = Mono.just(new Admission.Refused("rate", HttpStatus.TOO_MANY_REQUESTS,
				new JsonRpcError(-32000, "Slower"), Duration.ofMillis(1500)));
		HttpResponse<String> answer = send(gateway.url("/mcp"), call("getJiraIssue"));
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("retry-after")).contains("2");
		assertThat(TestClient.json(answer).path("id").asInt()).isEqualTo(1);
		assertThat(only().decision().reason()).isEqualTo("rate");
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void aGateMayRefuseInTheWordsOfJsonRpc() {
		gate.next = Mono.just(new Admission.Refused("pin", HttpStatus.OK, new JsonRpcError(-32000, "Not yet"), null));
		HttpResponse<String> answer = send(gateway.url("/mcp"), call("getJiraIssue"));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(answer).path("error").path("message").asString()).isEqualTo("Not yet");
	}

	@Test
	void aGateIsAskedLaterAndReleasedOnce() {
		AtomicInteger released = new AtomicInteger();
		gate.next = Mono.delay(Duration.ofMillis(20)).map((late) -> new Admission.Admitted(released::incrementAndGet));
		send(gateway.url("/mcp"), call("getJiraIssue"), "X-Answer", result("{}"));
		await().untilAsserted(() -> assertThat(released).hasValue(1));
		send(gateway.url("/mcp"), call("getJiraIssue"), "X-Status", "500", "X-Answer", "{}");
		await().untilAsserted(() -> assertThat(released).hasValue(2));
		assertThat(gate.asked.get(gate.asked.size() - 1).calls()).hasSize(1);
	}

	@Test
	void aGateIsNotAskedForWhatThePolicyRefuses() {
		int before = gate.asked.size();
		send(gateway.url("/mcp"), call("createJiraIssue"));
		send(gateway.url("/mcp"), list(), "X-Answer", LIST);
		assertThat(gate.asked).hasSize(before);
	}

	@Test
	void aListLosesWhatMayNotBeCalledAndNothingElse() {
		HttpResponse<String> answer = send(gateway.url("/mcp"), list(), "X-Answer", LIST);
		assertThat(answer.body()).isEqualTo(SHORTER);
		assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(SHORTER.length());
		assertThat(upstream.last().headers().get("accept-encoding")).isEqualTo("identity");
		assertThat(heard.hidden).hasValue(1);
	}

	@Test
	void soDoesAListInAStreamAndInAResumedOne() {
		String events = ": hi~~id: 3~data: {\"id\":9,\"result\":{\"content\":[{\"tools\":1}]}}~~id: 4~data: " + LIST
				+ "~~";
		String expected = ": hi\n\nid: 3\ndata: {\"id\":9,\"result\":{\"content\":[{\"tools\":1}]}}\n\nid: 4\ndata: "
				+ SHORTER + "\n\n";
		assertThat(send(gateway.url("/mcp"), list(), "X-Answer", events, "X-Type", "text/event-stream").body())
			.isEqualTo(expected);
		assertThat(new Browser()
			.send(request(gateway.url("/mcp"), "X-Answer", events, "X-Type", "text/event-stream", "Last-Event-ID", "2",
					"Accept", "text/event-stream")
				.GET())
			.body()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "gzip, 10", "'', 70000", "'', 0" })
	void aListNobodyCanReadIsNotPassedOn(String encoding, int size) {
		HttpResponse<String> answer = send(gateway.url("/mcp"), list(), "X-Answer", "{\"tools\"", "X-More",
				Integer.toString(size), "X-Encoding", encoding);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(answer.body()).contains("-32603").doesNotContain("xxx");
	}

	@Test
	void aRequestWithoutABodyAndAnAnswerOfTheClientPass() {
		assertThat(send(gateway.url("/mcp"), "", "X-Answer", "{}").statusCode()).isEqualTo(200);
		assertThat(send(gateway.url("/mcp"), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "X-Status", "202")
			.statusCode()).isEqualTo(202);
		assertThat(heard.calls).isEmpty();
	}

	private static EndedCall only() {
		await().until(() -> !heard.calls.isEmpty());
		assertThat(heard.calls).hasSize(1);
		return heard.calls.get(0);
	}

	private static String call(String tool) {
		return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}".formatted(tool);
	}

	private static String list() {
		return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
	}

	private static String result(String result) {
		return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":%s}".formatted(result);
	}

	private static HttpResponse<String> send(URI url, String body, String... headers) {
		return new Browser().send(request(url, headers).POST(BodyPublishers.ofString(body)));
	}

	private static HttpRequest.Builder request(URI url, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Content-Type", "application/json");
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return request;
	}

	/** Answers as the headers of the request say. */
	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		String text = request.requestHeaders().get("X-Answer", "").replace("~", "\n")
				+ "x".repeat(Integer.parseInt(request.requestHeaders().get("X-More", "0")));
		String encoding = request.requestHeaders().get("X-Encoding", "");
		byte[] bytes = encoding.isEmpty() ? text.getBytes(StandardCharsets.UTF_8) : zipped(text);
		response.status(Integer.parseInt(request.requestHeaders().get("X-Status", "200")))
			.header("Content-Type", request.requestHeaders().get("X-Type", "application/json"));
		if (!encoding.isEmpty()) {
			response.header("Content-Encoding", encoding);
		}
		return request.receive().then(response.sendByteArray(Flux.just(bytes)).then());
	}

	private static byte[] zipped(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

	/** Hears of calls. */
	static final class Heard implements ToolCallListener {

		final List<EndedCall> calls = new CopyOnWriteArrayList<>();

		final AtomicInteger hidden = new AtomicInteger();

		@Override
		public void ended(ServerWebExchange exchange, EndedCall call) {
			this.calls.add(call);
		}

		@Override
		public void hidden(ServerWebExchange exchange, int count) {
			this.hidden.addAndGet(count);
		}

	}

	/** A gate that does as it is told. */
	static final class Gate implements CallGate {

		final List<CallOfTools> asked = new CopyOnWriteArrayList<>();

		volatile Mono<Admission> next = Mono.just(Admission.FREE);

		@Override
		public Mono<Admission> admit(CallOfTools call) {
			this.asked.add(call);
			return this.next;
		}

	}

}
