package dev.mcpbridge.headers;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

class McpCorsServerTests {

	private static final String PAGE = "https://page.example";

	private static TestUpstream upstream;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		upstream = new TestUpstream(McpCorsServerTests::answer);
		gateway = new TestGateway(Setup.class,
				new Routes().with("test.upstream", upstream.url())
					.route(upstream.url(), List.of("Path=/mcp", "Method=GET,POST,DELETE"),
							new Routes.Filter("McpCors", Map.of("allowedHeaders", "Mcp-Param-Region")))
					.route(upstream.url(), List.of("Path=/atlassian"),
							new Routes.Filter("McpCors", Map.of("preset", "atlassian")))
					.route(upstream.url(), List.of("Path=/house/**"), "StripPrefix=1", "McpCors=https://app.example")
					.route(upstream.url(), List.of("Path=/split", "Method=POST"))
					.route(upstream.url(), List.of("Path=/split", "Method=GET"), "McpCors")
					.route(upstream.url(), List.of("Path=/bare"))
					.route("http://127.0.0.1:1", List.of("Path=/down"), "McpCors")
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

	@ParameterizedTest
	@ValueSource(ints = { 200, 202, 401, 404, 500 })
	void everyAnswerCarriesOurHeadersOnce(int status) {
		HttpResponse<String> answer = gateway.get("/mcp", "Origin", PAGE, "X-Status", Integer.toString(status));
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(cors(answer)).containsOnly(Map.entry("access-control-allow-origin", List.of("*")),
				Map.entry("access-control-expose-headers",
						List.of("Mcp-Session-Id, WWW-Authenticate, MCP-Protocol-Version, Retry-After")));
	}

	@Test
	void anErrorOfOursCarriesThemToo() {
		HttpResponse<String> answer = gateway.get("/down", "Origin", PAGE);
		assertThat(answer.statusCode()).isEqualTo(500);
		assertThat(cors(answer)).containsEntry("access-control-allow-origin", List.of("*"));
	}

	@Test
	void aPreflightIsAnsweredForItsRouteWithoutATokenOrTheUpstream() {
		HttpResponse<String> answer = preflight("/mcp", PAGE, "POST",
				"authorization,content-type,mcp-session-id,mcp-protocol-version,mcp-param-region");
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(cors(answer)).containsOnly(Map.entry("access-control-allow-origin", List.of("*")),
				Map.entry("access-control-allow-methods", List.of("GET, POST, DELETE, OPTIONS")),
				Map.entry("access-control-allow-headers",
						List.of("Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, "
								+ "Mcp-Method, Mcp-Name, Last-Event-ID, Mcp-Param-Region")),
				Map.entry("access-control-expose-headers",
						List.of("Mcp-Session-Id, WWW-Authenticate, MCP-Protocol-Version, Retry-After")),
				Map.entry("access-control-max-age", List.of("86400")));
		assertThat(upstream.received()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "PUT, content-type", "POST, x-unknown", "POST, mcp-param-other" })
	void aPreflightForWhatIsNotAllowedIsForbidden(String method, String headers) {
		HttpResponse<String> answer = preflight("/mcp", PAGE, method, headers);
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(cors(answer)).doesNotContainKeys("access-control-allow-methods", "access-control-allow-headers");
	}

	@Test
	void theRouteThatWouldTakeTheRequestDecides() {
		assertThat(preflight("/split", PAGE, "GET", "accept").statusCode()).isEqualTo(204);
		assertThat(cors(preflight("/split", PAGE, "POST", "accept"))).isEmpty();
	}

	@Test
	void aRouteWithoutTheFilterIsAsItWas() {
		assertThat(gateway.get("/bare", "Origin", PAGE).headers().allValues("access-control-allow-origin"))
			.containsExactly("https://upstream.example");
	}

	@Test
	void onlyOurOwnPagesCallARouteThatSaysSo() {
		HttpResponse<String> ours = gateway.get("/house/mcp", "Origin", "https://app.example");
		assertThat(cors(ours)).containsEntry("access-control-allow-origin", List.of("https://app.example"));
		assertThat(ours.headers().allValues("vary")).containsExactlyInAnyOrder("Accept-Encoding", "Origin");
		assertThat(preflight("/house/mcp", "https://app.example", "POST", "authorization").statusCode()).isEqualTo(204);
		upstream.received().clear();
		assertThat(gateway.get("/house/mcp", "Origin", PAGE).statusCode()).isEqualTo(403);
		assertThat(preflight("/house/mcp", PAGE, "POST", "authorization").statusCode()).isEqualTo(403);
		assertThat(upstream.received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 401, 500 })
	void atlassiansHeadersAreExact(int status) {
		assertThat(cors(gateway.get("/atlassian", "X-Status", Integer.toString(status)))).isEqualTo(ATLASSIAN);
	}

	@Test
	void atlassiansHeadersAreExactOnAPreflight() {
		HttpResponse<String> granted = preflight("/atlassian", PAGE, "POST", "content-type, mcp-session-id");
		assertThat(granted.statusCode()).isEqualTo(204);
		assertThat(cors(granted)).isEqualTo(ATLASSIAN);
		HttpResponse<String> refused = preflight("/atlassian", PAGE, "DELETE", "content-type");
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(cors(refused)).isEqualTo(ATLASSIAN);
	}

	@ParameterizedTest
	@CsvSource({ "/mcp, 'GET, POST, DELETE, OPTIONS'", "/atlassian, 'GET, POST, OPTIONS'",
			"/register, 'GET, POST, DELETE, OPTIONS'" })
	void aQuestionForTheMethodsIsAnswered(String path, String methods) {
		HttpResponse<String> answer = gateway.send(gateway.request(path).method("OPTIONS", BodyPublishers.noBody()));
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.headers().allValues("allow")).containsExactly(methods);
		assertThat(upstream.received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/register", "/.well-known/oauth-protected-resource/mcp" })
	void publicPathsHaveThePolicyOfTheHouse(String path) {
		HttpResponse<String> preflight = preflight(path, PAGE, "POST", "content-type,mcp-protocol-version");
		assertThat(preflight.statusCode()).isEqualTo(204);
		assertThat(cors(preflight)).containsEntry("access-control-allow-origin", List.of("*"))
			.containsKey("access-control-allow-headers");
		assertThat(preflight(path, PAGE, "PUT", "content-type").statusCode()).isEqualTo(403);
		HttpResponse<String> actual = gateway.get(path, "Origin", PAGE);
		assertThat(actual.body()).isEqualTo("front desk");
		assertThat(cors(actual)).containsOnlyKeys("access-control-allow-origin", "access-control-expose-headers");
	}

	@Test
	void otherPathsHaveNoPolicy() {
		assertThat(cors(gateway.get("/elsewhere", "Origin", PAGE))).isEmpty();
		assertThat(cors(preflight("/elsewhere", PAGE, "GET", "accept"))).isEmpty();
	}

	@Test
	void theJavaDslIsTheSame() {
		assertThat(preflight("/dsl", PAGE, "GET", "authorization").statusCode()).isEqualTo(204);
		assertThat(cors(gateway.get("/dsl", "Origin", PAGE))).containsEntry("access-control-allow-origin",
				List.of("*"));
	}

	private static final Map<String, List<String>> ATLASSIAN = Map.of("access-control-allow-headers",
			List.of("Content-Type, mcp-session-id"), "access-control-allow-methods", List.of("GET, POST, OPTIONS"),
			"access-control-allow-origin", List.of("*"), "access-control-expose-headers", List.of("mcp-session-id"),
			"access-control-max-age", List.of("86400"));

	private static HttpResponse<String> preflight(String path, String origin, String method, String headers) {
		return gateway.send(
				gateway
					.request(path, "Origin", origin, "Access-Control-Request-Method", method,
							"Access-Control-Request-Headers", headers)
					.method("OPTIONS", BodyPublishers.noBody()));
	}

	private static Map<String, List<String>> cors(HttpResponse<?> answer) {
		Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
		headers.keySet().removeIf((name) -> !name.startsWith("access-control-"));
		return headers;
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return response.status(Integer.parseInt(request.requestHeaders().get("X-Status", "200")))
			.header("Vary", "Accept-Encoding")
			.header("Access-Control-Allow-Origin", "https://upstream.example")
			.header("Access-Control-Allow-Methods", "GET")
			.header("Access-Control-Allow-Credentials", "true")
			.header("Access-Control-Expose-Headers", "mcp-session-id")
			.header("Access-Control-Max-Age", "1")
			.sendString(Mono.just("{}"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

		@Bean
		McpCorsGatewayFilterFactory mcpCors() {
			return new McpCorsGatewayFilterFactory();
		}

		@Bean
		McpCorsWebFilter mcpCorsWebFilter(RouteLocator routes) {
			return new McpCorsWebFilter(routes, List.of("/.well-known/**", "/register"), CorsPolicy.mcp());
		}

		@Bean
		RouterFunction<ServerResponse> frontDesk() {
			return RouterFunctions.route()
				.GET("/register", (request) -> ServerResponse.ok().bodyValue("front desk"))
				.GET("/.well-known/**", (request) -> ServerResponse.ok().bodyValue("front desk"))
				.build();
		}

		@Bean
		RouteLocator dsl(RouteLocatorBuilder routes, McpCorsGatewayFilterFactory cors, Environment environment) {
			return routes.routes()
				.route("dsl",
						(route) -> route.path("/dsl")
							.filters((filters) -> filters.filter(cors.apply(cors.newConfig())))
							.uri(environment.getRequiredProperty("test.upstream")))
				.build();
		}

	}

}
