package dev.mcpbridge.access;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * MCP 2026-07-28 in passing: an upstream that knows it, and a gateway that need not.
 */
class ModernRevisionServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestUpstream upstream = new TestUpstream(ModernRevisionServerTests::answer);

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.route("modern", URI.create(upstream.url()), "/modern", "McpBridge=5m,50ms")
		.start();

	static final String token = TestClient.register(gateway.url()).signIn().accessToken();

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
		atlassian.close();
	}

	@Test
	void itsHeadersReachTheUpstreamAndNoSessionIsInvented() {
		HttpResponse<String> answer = new Browser().send(request("Mcp-Method", "tools/call", "Mcp-Name", "getJiraIssue",
				"Mcp-Param-Region", "eu", "X-Body", "{}")
			.POST(BodyPublishers.ofString("{\"id\":1}")));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("mcp-session-id")).isEmpty();
		Map<String, String> sent = Map.of("mcp-method", "tools/call", "mcp-name", "getJiraIssue", "mcp-param-region",
				"eu", "mcp-protocol-version", "2026-07-28");
		sent.forEach((name, value) -> assertThat(upstream.last().headers().getAll(name)).containsExactly(value));
		assertThat(upstream.last().headers().contains("mcp-session-id")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "400,-32020", "400,-32022", "404,-32601" })
	void theErrorsByWhichClientsChooseTheirEraReachThemByteForByte(int status, int code) {
		String body = "{ \"jsonrpc\" :\"2.0\",\"id\":1,\"error\":{\"code\":%d,\"data\":{\"supported\":[\"2026-07-28\"]}}} "
			.formatted(code);
		HttpResponse<String> answer = new Browser()
			.send(request("X-Status", Integer.toString(status), "X-Body", body).POST(BodyPublishers.ofString("{}")));
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
		assertThat(answer.body()).isEqualTo(body.strip());
	}

	@Test
	void aSubscriptionIsHeldOpenWithHeartbeats() throws Exception {
		HttpResponse<InputStream> stream = HttpClient.newHttpClient()
			.send(request("Mcp-Method", "subscriptions/listen", "Accept", "text/event-stream")
				.POST(BodyPublishers.ofString("{\"id\":1,\"method\":\"subscriptions/listen\"}"))
				.build(), BodyHandlers.ofInputStream());
		try (InputStream body = stream.body()) {
			assertThat(stream.statusCode()).isEqualTo(200);
			assertThat(new String(body.readNBytes(60), StandardCharsets.UTF_8)).startsWith("data: {}\n\n")
				.contains(": keep-alive\n\n: keep-alive\n\n");
		}
	}

	private static HttpRequest.Builder request(String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url("/modern"))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.header("MCP-Protocol-Version", "2026-07-28");
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return request;
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		if ("subscriptions/listen".equals(request.requestHeaders().get("Mcp-Method"))) {
			return response.sse().sendString(Flux.concat(Mono.just("data: {}\n\n"), Mono.never()));
		}
		return response.status(Integer.parseInt(request.requestHeaders().get("X-Status", "200")))
			.header("Content-Type", "application/json")
			.sendString(Mono.just(request.requestHeaders().get("X-Body", "")));
	}

}
