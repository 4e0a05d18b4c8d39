package dev.mcpbridge.autoconfigure;

import java.net.URI;

import dev.mcpbridge.McpFilters;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Routes written well and badly, in a gateway that starts or does not.
 */
class FilterArgumentsCheckServerTests {

	static final URI ELSEWHERE = URI.create("http://localhost:1");

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"McpChallenge=oauth,surplus|route mcp, filter McpChallenge: 2 arguments (expected: at most [body])",
			"McpChallenge=xml|route mcp, filter McpChallenge: ",
			"McpBridgeToken=-5m|refreshAhead: PT-5M (expected: 0 or more, such as 5m)",
			"McpBridge=-5m|refreshAhead: PT-5M (expected: 0 or more, such as 5m)",
			"McpBridgeToken=5m,-1KB|replayLimit: -1024B (expected: 0 or more, such as 256KB)",
			"McpBridge=5m,15s,5m,/sse/message,-1B|replayLimit: -1B (expected: 0 or more, such as 256KB)",
			"McpBridge=5m,1ms|heartbeat: PT0.001S (expected: 0, or 10ms and more)",
			"McpChalenge|route mcp: no filter McpChalenge (known: [McpBridge, McpBridgeToken, McpChallenge, McpCors, McpHeaders, McpRecord, McpSession, McpSseClients, McpSseUpstream, McpStream, McpTools])" })
	void aSlipInARouteStopsTheStartAndIsNamed(String filter, String message) {
		assertThatThrownBy(() -> authorizationServer().route("mcp", ELSEWHERE, "/mcp", filter).start())
			.hasStackTraceContaining(message);
	}

	@Test
	void anUnknownArgumentIsNamedWithTheKnownOnes() {
		assertThatThrownBy(() -> named("refreshAhed", "5m").start()).hasStackTraceContaining(
				"route mcp, filter McpBridgeToken: unknown argument refreshAhed (known: [refreshAhead, replayLimit])");
	}

	@Test
	void aSlipInTheDefaultFiltersStopsTheStart() {
		assertThatThrownBy(() -> authorizationServer()
			.property("spring.cloud.gateway.server.webflux.default-filters[0]", "McpChallenge=oauth,surplus")
			.start()).hasStackTraceContaining("default-filters, filter McpChallenge: 2 arguments");
	}

	@Test
	void aFilterThatNeedsTokensSaysSo() {
		assertThatThrownBy(() -> TestGateway.bare().route("mcp", ELSEWHERE, "/mcp", "McpBridge").start())
			.hasStackTraceContaining("mcp.bridge.token.trusted-issuers");
	}

	@Test
	void argumentsByNameInEitherCaseAndListsOfAnyLengthStart() {
		TestGateway.Builder builder = named("refresh-ahead", "10m");
		String headers = "spring.cloud.gateway.server.webflux.routes[0].filters[1].";
		builder.property(headers + "name", "McpHeaders");
		for (int index = 0; index < 5; index++) {
			builder.property(headers + "args.allowedResponseHeaders[%d]".formatted(index), "x-vendor-" + index);
		}
		try (TestGateway gateway = builder.start()) {
			assertThat(new Browser().get(gateway.url("/mcp")).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void routesWrittenInJavaTakeTheSameFilters() {
		try (TestGateway gateway = TestGateway.of(JavaRoutes.class)
			.property("mcp.bridge.authorization-server.enabled", "true")
			.start()) {
			assertThat(new Browser().get(gateway.url("/java")).statusCode()).isEqualTo(401);
			assertThat(new Browser().get(gateway.url("/java/challenge")).statusCode()).isEqualTo(503);
		}
	}

	private static TestGateway.Builder authorizationServer() {
		return TestGateway.bare().property("mcp.bridge.authorization-server.enabled", "true");
	}

	private static TestGateway.Builder named(String argument, String value) {
		String filter = "spring.cloud.gateway.server.webflux.routes[0].filters[0].";
		return authorizationServer().route("mcp", ELSEWHERE, "/mcp")
			.property(filter + "name", "McpBridgeToken")
			.property(filter + "args." + argument, value);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class JavaRoutes {

		@Bean
		RouteLocator routes(RouteLocatorBuilder routes, McpFilters mcp) {
			return routes.routes()
				.route("bridge",
						(route) -> route.path("/java")
							.filters((filters) -> filters.filter(mcp.bridge()))
							.uri(ELSEWHERE))
				.route("challenge",
						(route) -> route.path("/java/challenge")
							.filters((filters) -> filters.filter(mcp.challenge()))
							.uri(ELSEWHERE))
				.build();
		}

	}

}
