package dev.mcpbridge.request;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.filter.GlobalFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is told of requests, by how the upstream and our filters answer them.
 */
class RequestWatchServerTests {

	static final HeardRequests requests = new HeardRequests();

	/** Answers with the status its path names; the path 0 is never answered. */
	static final TestUpstream upstream = new TestUpstream(RequestWatchServerTests::answer);

	static final TestGateway gateway = TestGateway.bare()
		.bean(RequestListener.class, requests)
		.bean(GlobalFilter.class,
				(exchange, chain) -> exchange.getRequest().getHeaders().containsHeader("x-defect")
						? Mono.error(new IllegalStateException("ours")) : chain.filter(exchange))
		.route("mcp", URI.create(upstream.url()), "/mcp/**", "McpCors", "McpChallenge", "McpHeaders",
				"McpStream=15s,5m,/x,1KB", "StripPrefix=1")
		.route("slow", URI.create(upstream.url()), "/slow/**", "McpChallenge", "McpStream=15s,300ms", "StripPrefix=1")
		.route("alone", URI.create(upstream.url()), "/alone/**", "StripPrefix=1", "McpHeaders")
		.route("foreign", URI.create(upstream.url()), "/foreign/**", "StripPrefix=1")
		.route("down", URI.create("http://localhost:1"), "/down", "McpChallenge")
		.route("unmapped", URI.create("http://localhost:1"), "/unmapped", "McpHeaders")
		.start();

	final Browser browser = new Browser();

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		requests.forget();
	}

	@ParameterizedTest
	@CsvSource({ "200, OK", "202, OK", "401, CHALLENGED", "400, UPSTREAM_REFUSED", "403, UPSTREAM_REFUSED",
			"404, UPSTREAM_REFUSED", "429, UPSTREAM_REFUSED", "500, UPSTREAM_FAILED", "502, UPSTREAM_FAILED",
			"503, UPSTREAM_FAILED", "504, UPSTREAM_FAILED" })
	void whatTheUpstreamAnswersIsItsOwn(int status, RequestOutcome outcome) {
		assertThat(post("/mcp/" + status, "{\"method\":\"tools/list\"}")).isEqualTo(status);
		assertHeard("mcp tools/list " + outcome);
	}

	@Test
	void anUpstreamThatDoesNotAnswerHasFailed() {
		assertThat(post("/slow/0", "{\"method\":\"ping\"}")).isEqualTo(504);
		assertHeard("slow ping UPSTREAM_FAILED");
		assertThat(requests.heard().get(0).took()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	@Test
	void anUpstreamThatCannotBeReachedIsNoDefectOfOursWhateverTheStatus() {
		assertThat(post("/unmapped", "{\"method\":\"ping\"}")).isEqualTo(500);
		assertHeard("unmapped none UPSTREAM_FAILED");
	}

	@Test
	void anUpstreamThatCannotBeReachedHasFailed() {
		assertThat(post("/down", "{\"method\":\"ping\"}")).isEqualTo(503);
		assertHeard("down none UPSTREAM_FAILED");
	}

	@Test
	void whatIsTooLargeIsRefusedByUs() {
		assertThat(post("/mcp/200", "{\"method\":\"ping\"}" + " ".repeat(2000))).isEqualTo(413);
		assertHeard("mcp none REFUSED");
	}

	@Test
	void aDefectOfOursIsOne() {
		assertThat(send(request("/mcp/200").header("x-defect", "1").GET())).isEqualTo(500);
		assertHeard("mcp none FAILED");
	}

	@Test
	void oneFilterOfOursIsEnough() {
		assertThat(post("/alone/404", "{\"method\":\"ping\"}")).isEqualTo(404);
		assertHeard("alone ping UPSTREAM_REFUSED");
	}

	@Test
	void routesWithoutAFilterOfOursAreNotOurs() {
		assertThat(post("/foreign/200", "{\"method\":\"ping\"}")).isEqualTo(200);
		assertThat(post("/alone/200", "{\"method\":\"ping\"}")).isEqualTo(200);
		assertHeard("alone ping OK");
	}

	@Test
	void aRequestWithoutABodyHasNoMethod() {
		assertThat(send(request("/mcp/200").GET())).isEqualTo(200);
		assertHeard("mcp none OK");
	}

	@Test
	void theHeaderOfModernClientsIsEnough() {
		assertThat(send(request("/mcp/200").header("Mcp-Method", "server/discover")
			.POST(BodyPublishers.ofString("{\"method\":\"ping\"}")))).isEqualTo(200);
		assertHeard("mcp server/discover OK");
	}

	@Test
	void aBodyInManyPiecesPassesUntouched() {
		String body = "{\"params\":\"" + "x".repeat(900) + "\",\"method\":\"tools/call\"}";
		HttpRequest.Builder request = request("/alone/200").POST(BodyPublishers
			.concat(BodyPublishers.ofString(body.substring(0, 930)), BodyPublishers.ofString(body.substring(930))));
		assertThat(this.browser.send(request).body()).isEqualTo(body);
		assertHeard("alone tools/call OK");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 17\r\n\r\n{\"method\":\"ping\"}",
			"Content-Length: 99\r\n\r\n{\"method\":\"ping\"}" })
	void aClientThatLeavesBeforeItIsAnsweredIsToldApart(String rest) throws IOException {
		int before = upstream.received().size();
		try (Socket socket = new Socket("localhost", gateway.url().getPort())) {
			socket.getOutputStream()
				.write(("POST /alone/0 HTTP/1.1\r\nHost: localhost\r\n" + rest).getBytes(StandardCharsets.US_ASCII));
			await().until(() -> upstream.received().size() > before);
		}
		await().untilAsserted(() -> assertHeard("alone ping CANCELLED"));
	}

	private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		int status = Integer.parseInt(request.path());
		return (status == 0) ? Mono.never()
				: request.receive()
					.aggregate()
					.asString()
					.defaultIfEmpty("")
					.flatMap((body) -> response.status(status).sendString(Mono.just(body)).then());
	}

	private int post(String path, String body) {
		return send(request(path).POST(BodyPublishers.ofString(body)));
	}

	private int send(HttpRequest.Builder request) {
		return this.browser.send(request).statusCode();
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(gateway.url(path)).header("Content-Type", "application/json");
	}

	/** The one request since the last was forgotten. */
	private static void assertHeard(String heard) {
		assertThat(requests.heard()).extracting(HeardRequests.Heard::toString).containsExactly(heard);
	}

}
