package dev.mcpbridge.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.headers.CorsPolicy;
import dev.mcpbridge.headers.McpCorsGatewayFilterFactory;
import dev.mcpbridge.headers.McpCorsWebFilter;
import dev.mcpbridge.headers.McpHeadersGatewayFilterFactory;
import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TogetherServerTests {

	@Test
	void aStreamCarriesTheHeadersOfAllThreeFilters() throws IOException {
		try (TestUpstream upstream = new TestUpstream(
				(request, response) -> response.header("Content-Type", "text/event-stream")
					.header("Mcp-Session-Id", "s1")
					.header("Server", "AtlassianEdge")
					.header("Access-Control-Allow-Origin", "*")
					.sendHeaders()
					.sendString(Mono.just("data: {}\n\n")));
				TestGateway gateway = new TestGateway(Setup.class,
						new Routes().route(upstream.url(), List.of("Path=/mcp"), "McpStream", "McpHeaders", "McpCors")
							.properties())) {
			HttpResponse<InputStream> answer = gateway
				.open(gateway.request("/mcp", "Origin", "https://page.example").POST(BodyPublishers.ofString("{}")));
			assertThat(answer.headers().map()).containsEntry("x-accel-buffering", List.of("no"))
				.containsEntry("mcp-session-id", List.of("s1"))
				.containsEntry("access-control-allow-origin", List.of("*"))
				.doesNotContainKey("server");
			assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data: {}\n\n");
		}
	}

	@Test
	void onlyTheUpstreamsHeadersAreFilteredNotTheGatewaysOwn() {
		try (TestGateway gateway = new TestGateway(Setup.class,
				new Routes()
					.route("http://127.0.0.1:1", List.of("Path=/mcp"), "McpCors", "McpHeaders",
							new Routes.Filter("RedirectTo", Map.of("status", "302", "url", "https://other.example/")))
					.properties())) {
			HttpResponse<String> answer = gateway.get("/mcp");
			assertThat(answer.headers().firstValue("location")).contains("https://other.example/");
		}
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
			return new McpCorsWebFilter(routes, List.of(), CorsPolicy.mcp());
		}

		@Bean
		McpHeadersGatewayFilterFactory mcpHeaders() {
			return new McpHeadersGatewayFilterFactory();
		}

		@Bean
		McpStreamGatewayFilterFactory mcpStream() {
			return new McpStreamGatewayFilterFactory(StreamListener.NONE);
		}

	}

}
