package dev.mcpbridge.access;

import java.net.URI;
import java.net.http.HttpRequest;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages that make their own name lead to a gateway on somebody's machine.
 */
class AllowedHostsServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.property("management.server.port", "0")
		.start();

	static final String token = TestClient.register(gateway.url()).signIn().accessToken();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@ParameterizedTest
	@CsvSource({ "POST,/mcp", "GET,/sse", "OPTIONS,/mcp", "GET,/", "GET,/.well-known/oauth-authorization-server",
			"POST,/register", "GET,/nowhere" })
	void aForeignNameIsRefusedBeforeAnythingElse(String method, String path) {
		int before = atlassian.mcpRequests();
		String answer = send(method, path, "Host: evil.example.com", "Origin: http://evil.example.com");
		assertThat(answer).startsWith("HTTP/1.1 403")
			.contains("mcp.bridge.allowed-hosts")
			.doesNotContain("evil", "access-control-allow-origin");
		assertThat(atlassian.mcpRequests()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080" })
	void everyNameOfThisMachineIsOurs(String host) {
		assertThat(send("POST", "/mcp", "Host: " + host, "Origin: http://" + host)).startsWith("HTTP/1.1 200");
	}

	@Test
	void aRequestWithoutANameIsRefused() {
		assertThat(send("POST", "/mcp", "X-None: x")).startsWith("HTTP/1.1 40");
		assertThat(send("POST", "/mcp", "Host: localhost", "Host: evil.example.com")).startsWith("HTTP/1.1 40");
	}

	@Test
	void theManagementPortIsLeftAlone() {
		URI management = URI.create("http://localhost:" + gateway.property("local.management.port"));
		assertThat(raw(management, "GET /actuator/health HTTP/1.1\r\nHost: 10.1.2.3:8081\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 200");
	}

	@Test
	void namesAreConfigured() {
		try (TestGateway named = TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.public-url", "https://gw.example.com")
			.property("mcp.bridge.allowed-hosts", "inner")
			.start()) {
			assertThat(host(named, "gw.example.com")).startsWith("HTTP/1.1 401");
			assertThat(host(named, "inner:8080")).startsWith("HTTP/1.1 401");
			assertThat(host(named, "localhost")).startsWith("HTTP/1.1 403");
		}
	}

	@Test
	void whoOnlyUsesFiltersIsNotAsked() {
		try (TestGateway filters = TestGateway.bare().route("mcp", atlassian.url(), "/mcp", "McpChallenge").start()) {
			assertThat(host(filters, "anything.example")).startsWith("HTTP/1.1 401");
			assertThat(new Browser().send(HttpRequest.newBuilder(filters.url("/mcp")).GET()).statusCode())
				.isEqualTo(401);
		}
	}

	private static String host(TestGateway gateway, String host) {
		return raw(gateway.url(), "GET /mcp HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host));
	}

	private static String send(String method, String path, String... headers) {
		String body = ReplayServerTests.INITIALIZE;
		return raw(gateway.url(),
				"%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\nAuthorization: Bearer %s\r\n".formatted(method, path,
						String.join("\r\n", headers), token)
						+ "Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n%s"
							.formatted(body.length(), body));
	}

	private static String raw(URI server, String request) {
		return RawClient.send(server, request, false);
	}

}
