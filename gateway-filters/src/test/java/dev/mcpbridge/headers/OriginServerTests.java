package dev.mcpbridge.headers;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages that may call, where the property names them.
 */
class OriginServerTests {

	static TestUpstream upstream;

	static TestGateway gateway;

	@BeforeAll
	static void start() {
		upstream = new TestUpstream((request, response) -> response.sendString(Mono.just("{}")));
		gateway = new TestGateway(Setup.class,
				new Routes().with("mcp.bridge.cors.allowed-origins", "https://app.example,https://*.corp.example")
					.with("mcp.bridge.cors.allowed-headers", "Mcp-Param-Region")
					.route(upstream.url(), List.of("Path=/mcp"), "McpCors")
					.route(upstream.url(), List.of("Path=/open"), "McpCors=*")
					.route(upstream.url(), List.of("Path=/more"),
							new Routes.Filter("McpCors", Map.of("allowedHeaders", "X-More")))
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
	@ValueSource(strings = { "https://page.example", "http://app.example", "https://app.example:8443", "null",
			"https://corp.example", "https://app.example.evil.example" })
	void anotherPageIsRefusedAlsoWhereNoPreflightAsks(String origin) {
		for (String type : List.of("text/plain", "application/json")) {
			HttpResponse<String> answer = gateway.send(gateway.request("/mcp", "Origin", origin, "Content-Type", type)
				.POST(BodyPublishers.ofString("{}")));
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).isEqualTo("""
					{"jsonrpc":"2.0","id":null,"error":{"code":-32000,\
					"message":"This page may not call: its origin is not allowed"}}""");
			assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
		}
		assertThat(gateway.get("/mcp", "Origin", origin).statusCode()).isEqualTo(403);
		assertThat(upstream.received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example", "https://a.corp.example" })
	void ourPagesMayCall(String origin) {
		HttpResponse<String> answer = gateway.get("/mcp", "Origin", origin);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(origin);
	}

	@Test
	void whatIsNoBrowserHasNoOriginAndPasses() {
		assertThat(gateway.get("/mcp").statusCode()).isEqualTo(200);
	}

	@Test
	void aRouteMaySayOtherwise() {
		assertThat(gateway.get("/open", "Origin", "https://page.example").statusCode()).isEqualTo(200);
	}

	@Test
	void theHeadersOfARouteAreAddedToThoseOfAll() {
		HttpResponse<String> answer = gateway.send(gateway
			.request("/more", "Origin", "https://app.example", "Access-Control-Request-Method", "POST",
					"Access-Control-Request-Headers", "mcp-param-region,x-more")
			.method("OPTIONS", BodyPublishers.noBody()));
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(answer.headers().firstValue("access-control-allow-headers").orElseThrow())
			.endsWith("Mcp-Param-Region, X-More");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

	}

}
