package dev.mcpbridge.stream;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class OversizedRequestServerTests {

	private static final int MOST = 64 * 1024;

	private static final AtomicInteger oversized = new AtomicInteger();

	private static final AtomicInteger brokenOff = new AtomicInteger();

	private static TestUpstream upstream;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		upstream = new TestUpstream((request, response) -> request.receive()
			.aggregate()
			.asByteArray()
			.map((body) -> body.length)
			.defaultIfEmpty(0)
			.doOnError((ex) -> brokenOff.incrementAndGet())
			.flatMap((length) -> response.sendString(Mono.just(Integer.toString(length))).then()));
		gateway = new TestGateway(Setup.class, new Routes()
			.route(upstream.url(), List.of("Path=/mcp"), new Routes.Filter("McpStream", Map.of("maxRequest", "64KB")))
			.route(upstream.url(), List.of("Path=/any"), new Routes.Filter("McpStream", Map.of("maxRequest", "0")))
			.properties());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		oversized.set(0);
		brokenOff.set(0);
		upstream.received().clear();
	}

	@Test
	void aRequestThatSaysItIsTooLargeDoesNotReachTheUpstream() {
		assertRefused(post("/mcp", BodyPublishers.ofByteArray(new byte[MOST + 1])));
		assertThat(upstream.received()).isEmpty();
		assertThat(oversized).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { MOST + 1, 40 * MOST })
	void aRequestThatTurnsOutToBeTooLargeIsCancelled(int size) {
		assertRefused(post("/mcp", chunked(size)));
		await().until(() -> brokenOff.get() == upstream.received().size());
		assertThat(oversized).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "/mcp, 65536", "/any, 11000000", "/mcp, 0" })
	void whatIsAllowedPassesWhole(String path, int size) {
		assertThat(post(path, BodyPublishers.ofByteArray(new byte[size])).body()).isEqualTo(Integer.toString(size));
		assertThat(post(path, chunked(size)).body()).isEqualTo(Integer.toString(size));
		assertThat(oversized).hasValue(0);
	}

	@Test
	void theConnectionServesTheNextRequest() {
		String large = "POST /mcp HTTP/1.1\nHost: gateway\nContent-Length: %d\n\n%s".formatted(MOST + 1,
				"x".repeat(MOST + 1));
		String next = "POST /mcp HTTP/1.1\nHost: gateway\nContent-Length: 2\nConnection: close\n\n{}";
		assertThat(gateway.raw(large + next)).startsWith("HTTP/1.1 413 ").contains("HTTP/1.1 200 OK");
	}

	@Test
	void nobodyIsAskedToSendWhatIsTooLarge() {
		String answer = gateway.raw(
				"POST /mcp HTTP/1.1\nHost: gateway\nExpect: 100-continue\nContent-Length: 99999\nConnection: close\n\n");
		assertThat(answer).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
	}

	private static HttpResponse<String> post(String path, BodyPublisher body) {
		return gateway.send(gateway.request(path).POST(body));
	}

	private static BodyPublisher chunked(int size) {
		return BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[size]));
	}

	static void assertRefused(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(answer.headers().firstValue("content-type")).contains("application/json");
		JsonNode body = TestClient.json(answer);
		assertThat(body.at("/jsonrpc").asString()).isEqualTo("2.0");
		assertThat(body.at("/error/code").asInt()).isEqualTo(-32600);
		assertThat(body.at("/error/message").asString()).startsWith("The request is larger than ");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

		@Bean
		McpStreamGatewayFilterFactory mcpStream() {
			return new McpStreamGatewayFilterFactory(new StreamListener() {

				@Override
				public void oversized(ServerWebExchange exchange) {
					oversized.incrementAndGet();
				}

			});
		}

	}

}
