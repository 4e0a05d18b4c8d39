package dev.mcpbridge.headers;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class McpHeadersServerTests {

	private static final AtomicInteger failuresLeft = new AtomicInteger();

	private static TestUpstream upstream;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		upstream = new TestUpstream(McpHeadersServerTests::answer);
		gateway = new TestGateway(Setup.class, new Routes().with("test.upstream", upstream.url())
			.with("spring.cloud.gateway.server.webflux.trusted-proxies", ".*")
			.route(upstream.url(), List.of("Path=/mcp"), "McpHeaders")
			.route(upstream.url(), List.of("Path=/ours"), "AddResponseHeader=Strict-Transport-Security,max-age=1",
					"McpHeaders", "SecureHeaders")
			.route(upstream.url(), List.of("Path=/again"), "McpHeaders",
					new Routes.Filter("Retry", Map.of("retries", "2", "statuses", "SERVICE_UNAVAILABLE")))
			.route(upstream.url(), List.of("Path=/more"),
					new Routes.Filter("McpHeaders",
							Map.of("allowedResponseHeaders", "server, x-vendor-*", "droppedRequestHeaders",
									"User-Agent,x-secret-*", "forwarded", "true")))
			.route(upstream.url(), List.of("Path=/moved"), "McpHeaders", "RedirectTo=308,https://new.example/mcp")
			.route(upstream.url(), List.of("Path=/bare"))
			.properties());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		upstream.received().clear();
	}

	@Test
	void theHeadersOfAnotherHouseStayOutside() {
		HttpResponse<String> answer = gateway.get("/mcp");
		assertThat(answer.body()).isEqualTo("{}");
		assertThat(answer.headers().map().keySet()).doesNotContain("strict-transport-security", "alt-svc", "nel",
				"report-to", "server", "server-timing", "cf-ray", "set-cookie", "www-authenticate", "x-vendor-build",
				"access-control-allow-origin", "x-xss-protection", "ge-edge-trusted-cloudflare-proxy");
	}

	@Test
	void whatBelongsToTheConversationReachesTheClient() {
		assertThat(gateway.get("/mcp").headers().map()).containsEntry("content-type", List.of("application/json"))
			.containsEntry("mcp-session-id", List.of("s1"))
			.containsEntry("mcp-protocol-version", List.of("2025-11-25"))
			.containsEntry("cache-control", List.of("no-cache, no-transform"))
			.containsEntry("vary", List.of("Accept-Encoding"))
			.containsEntry("etag", List.of("\"1\""))
			.containsEntry("retry-after", List.of("3"))
			.containsEntry("atl-traceid", List.of("28d1"))
			.containsEntry("atl-request-id", List.of("28d1-6008"))
			.containsEntry("ratelimit-limit", List.of("10"))
			.containsEntry("x-ratelimit-remaining", List.of("9"))
			.containsEntry("x-content-type-options", List.of("nosniff"));
	}

	@Test
	void headersOfOurOwnAreNotTouched() {
		Map<String, List<String>> headers = gateway.get("/ours").headers().map();
		assertThat(headers.get("strict-transport-security")).contains("max-age=1")
			.doesNotContain("max-age=63072000; preload");
		assertThat(headers).containsEntry("x-xss-protection", List.of("1 ; mode=block")).doesNotContainKey("alt-svc");
	}

	@Test
	void aRouteWithoutTheFilterIsAsItWas() {
		assertThat(gateway.get("/bare").headers().map()).containsKeys("server", "alt-svc", "set-cookie");
	}

	@Test
	void onlyARelativeLocationCrosses() {
		assertThat(gateway.get("/mcp", "X-Location", "/next?a=b").headers().firstValue("location"))
			.contains("/next?a=b");
		assertThat(gateway.get("/mcp", "X-Location", upstream.url() + "/next").headers().firstValue("location"))
			.isEmpty();
		assertThat(gateway.get("/mcp", "X-Location", "//elsewhere.example/").headers().firstValue("location"))
			.isEmpty();
	}

	@Test
	void cookiesAndWhatABrowserTellsStayWithUs() {
		gateway.get("/mcp", "Cookie", "session=1", "Origin", "https://page.example", "Referer", "https://page.example/",
				"Sec-Fetch-Mode", "cors", "Access-Control-Request-Method", "POST", "Forwarded", "for=10.0.0.1",
				"X-Forwarded-For", "10.0.0.1", "X-Real-IP", "10.0.0.1");
		assertThat(upstream.last().headers().names()).extracting(String::toLowerCase)
			.doesNotContain("cookie", "origin", "referer", "sec-fetch-mode", "access-control-request-method",
					"forwarded", "x-real-ip")
			.noneMatch((name) -> name.startsWith("x-forwarded-"));
	}

	@Test
	void hopByHopHeadersStayWithUs() {
		String answer = gateway.raw("""
				GET /mcp HTTP/1.1
				Host: localhost
				Connection: close, X-Hop
				X-Hop: 1
				Keep-Alive: timeout=5
				TE: trailers
				Proxy-Authorization: Basic eDp5
				X-Stays: 1

				""");
		assertThat(answer).startsWith("HTTP/1.1 200");
		assertThat(upstream.last().headers().names()).extracting(String::toLowerCase)
			.doesNotContain("x-hop", "keep-alive", "te", "proxy-authorization")
			.contains("x-stays");
	}

	@Test
	void everythingElseReachesTheUpstream() {
		gateway.get("/mcp", "Authorization", "Bearer t", "Mcp-Session-Id", "s1", "MCP-Protocol-Version", "2025-11-25",
				"Mcp-Method", "tools/list", "Last-Event-ID", "7", "Accept", "text/event-stream", "User-Agent", "agent",
				"traceparent", "00-1-2-01", "Accept-Encoding", "gzip");
		assertThat(upstream.last().headers().names()).extracting(String::toLowerCase)
			.contains("authorization", "mcp-session-id", "mcp-protocol-version", "mcp-method", "last-event-id",
					"accept", "user-agent", "traceparent", "accept-encoding");
	}

	@Test
	void argumentsAddToOurLists() {
		HttpResponse<String> answer = gateway.get("/more", "User-Agent", "agent", "X-Secret-Key", "1", "X-Real-IP",
				"10.0.0.1");
		assertThat(answer.headers().map()).containsKeys("server", "x-vendor-build").doesNotContainKey("alt-svc");
		assertThat(upstream.last().headers().names()).extracting(String::toLowerCase)
			.contains("x-real-ip", "x-forwarded-host")
			.doesNotContain("x-secret-key");
		assertThat(upstream.last().headers().get("User-Agent")).isNotEqualTo("agent");
	}

	@Test
	void aRequestSentAgainIsStillARequest() {
		failuresLeft.set(1);
		HttpResponse<String> answer = gateway.get("/again", "Cookie", "session=1", "Authorization", "Bearer t");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).doesNotContainKey("server");
		assertThat(upstream.received()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.headers().contains("cookie")).isFalse();
			assertThat(request.headers().contains("authorization")).isTrue();
		});
	}

	@Test
	void theJavaDslIsTheSame() {
		HttpResponse<String> answer = gateway.get("/dsl", "Cookie", "session=1");
		assertThat(answer.headers().map()).containsKey("mcp-session-id").doesNotContainKey("server");
		assertThat(upstream.last().headers().contains("cookie")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2024-11-05", "2025-11-25", "2026-07-28", "2031-01-31", "2026-07-28-rc.1", "DRAFT-2026-v1",
			"v999.0.0" })
	void aRevisionPassesWhetherWeKnowItOrNot(String revision) {
		assertThat(gateway.get("/mcp", "MCP-Protocol-Version", revision).statusCode()).isEqualTo(200);
		assertThat(upstream.last().headers().getAll("mcp-protocol-version")).containsExactly(revision);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2025-11-25, 2025-06-18", "2025-11-25/x", "2025 11 25", "-2025", "<script>",
			"1234567890123456789012345678901234567890123456789012345678901234x" })
	void whatCannotBeARevisionReachesNobody(String revision) {
		HttpResponse<String> answer = gateway.get("/mcp", "MCP-Protocol-Version", revision);
		assertMalformed(answer);
	}

	@Test
	void twoRevisionsAreNone() {
		assertMalformed(
				gateway.get("/mcp", "MCP-Protocol-Version", "2025-11-25", "MCP-Protocol-Version", "2025-11-25"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void aRedirectOfTheUpstreamLeadsNobodyAnywhere(int status) {
		for (String location : List.of("/mcp/", upstream.url() + "/mcp/", "//elsewhere.example/",
				"https://a.example")) {
			HttpResponse<String> answer = gateway.get("/mcp", "X-Location", location, "X-Status",
					Integer.toString(status));
			assertThat(answer.statusCode()).as(location).isEqualTo(502);
			assertThat(answer.headers().firstValue("location")).isEmpty();
			assertThat(answer.headers().firstValue("content-type")).contains("application/json");
			assertThat(answer.body()).isEqualTo("""
					{"jsonrpc":"2.0","id":null,"error":{"code":-32603,\
					"message":"The upstream answered with a redirect, which is not followed"}}""");
		}
	}

	@Test
	void aRedirectOfOurOwnStaysOne() {
		HttpResponse<String> answer = gateway.get("/moved");
		assertThat(answer.statusCode()).isEqualTo(308);
		assertThat(answer.headers().firstValue("location")).contains("https://new.example/mcp");
	}

	private static void assertMalformed(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).isEqualTo(
				"""
						{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Malformed MCP-Protocol-Version header"}}""");
		assertThat(upstream.received()).isEmpty();
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		if (request.uri().equals("/again") && failuresLeft.getAndDecrement() > 0) {
			return response.status(503).send();
		}
		Map.ofEntries(Map.entry("Content-Type", "application/json"), Map.entry("Mcp-Session-Id", "s1"),
				Map.entry("MCP-Protocol-Version", "2025-11-25"), Map.entry("Cache-Control", "no-cache, no-transform"),
				Map.entry("Vary", "Accept-Encoding"), Map.entry("ETag", "\"1\""), Map.entry("Retry-After", "3"),
				Map.entry("atl-traceid", "28d1"), Map.entry("atl-request-id", "28d1-6008"),
				Map.entry("RateLimit-Limit", "10"), Map.entry("X-RateLimit-Remaining", "9"),
				Map.entry("X-Content-Type-Options", "nosniff"), Map.entry("X-Vendor-Build", "7"),
				Map.entry("Strict-Transport-Security", "max-age=63072000; preload"),
				Map.entry("Alt-Svc", "h3=\":443\"; ma=86400"), Map.entry("NEL", "{}"), Map.entry("Report-To", "{}"),
				Map.entry("Server", "AtlassianEdge"), Map.entry("Server-Timing", "atl-edge;dur=1"),
				Map.entry("CF-Ray", "9769"), Map.entry("Set-Cookie", "a=b"),
				Map.entry("WWW-Authenticate", "Bearer realm=\"OAuth\""), Map.entry("Access-Control-Allow-Origin", "*"),
				Map.entry("X-XSS-Protection", "1; mode=block"), Map.entry("GE-Edge-Trusted-Cloudflare-Proxy", "b"))
			.forEach(response::header);
		String location = request.requestHeaders().get("X-Location");
		if (location != null) {
			response.header("Location", location);
		}
		response.status(Integer.parseInt(request.requestHeaders().get("X-Status", "200")));
		return response.sendString(Mono.just("{}"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

		@Bean
		McpHeadersGatewayFilterFactory mcpHeaders() {
			return new McpHeadersGatewayFilterFactory();
		}

		@Bean
		RouteLocator dsl(RouteLocatorBuilder routes, McpHeadersGatewayFilterFactory headers, Environment environment) {
			return routes.routes()
				.route("dsl",
						(route) -> route.path("/dsl").filters((filters) -> filters.filter(headers.apply((config) -> {
						}))).uri(environment.getRequiredProperty("test.upstream")))
				.build();
		}

	}

}
