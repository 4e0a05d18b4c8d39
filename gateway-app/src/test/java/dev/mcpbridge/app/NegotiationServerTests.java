package dev.mcpbridge.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How clients find out what they talk to, request by request, at the routes of the app.
 */
class NegotiationServerTests {

	static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
			"capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";

	static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

	static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.of(GatewayApplication.class)
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	static final String token = client.signIn().accessToken();

	final HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/mcp/", "/v1/mcp", "/v1/mcp/", "/sse", "/sse/", "/v1/sse", "/v1/sse/",
			"/sse/message", "/v1/sse/message?sessionId=1" })
	void whoHasNoTokenHearsOfItBeforeAnythingElse(String path) {
		int before = atlassian.mcpRequests();
		for (String method : List.of("POST", "GET", "DELETE", "PUT", "HEAD")) {
			HttpResponse<String> answer = send(request(path, null, "MCP-Protocol-Version", "nonsense", "Mcp-Session-Id",
					"nobody's", "Accept", "nothing/known")
				.method(method, BodyPublishers.ofString("no JSON")));
			assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(401);
			assertThat(answer.headers().firstValue("www-authenticate").orElseThrow()).startsWith("Bearer ");
		}
		assertThat(atlassian.mcpRequests()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/mcp/", "/v1/mcp", "/v1/mcp/", "/sse", "/sse/", "/v1/sse", "/v1/sse/" })
	void theChallengeLeadsToMetadataOfTheVeryUrlTheClientUses(String path) {
		Matcher metadata = METADATA
			.matcher(send(request(path, null).GET()).headers().firstValue("www-authenticate").orElseThrow());
		assertThat(metadata.find()).isTrue();
		HttpResponse<String> resource = new Browser().get(URI.create(metadata.group(1)));
		assertThat(TestClient.json(resource).get("resource").asString()).isEqualTo(gateway.url(path).toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/mcp/", "/v1/mcp", "/v1/mcp/" })
	void streamableClientsPostFirstAndAreDone(String path) {
		HttpResponse<String> opened = send(request(path, token).POST(BodyPublishers.ofString(INITIALIZE)));
		assertThat(opened.statusCode()).isEqualTo(200);
		String session = opened.headers().firstValue("mcp-session-id").orElseThrow();
		assertThat(send(request(path, token, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25")
			.POST(BodyPublishers.ofString(LIST))).body()).contains("\"id\":2", "\"tools\"");
		assertThat(send(request(path, token, "Mcp-Session-Id", session).DELETE()).statusCode()).isEqualTo(204);
	}

	/** VS Code posts to whatever URL it is given, and falls back on any other 4xx. */
	@ParameterizedTest
	@CsvSource({ "/sse,/sse/message", "/sse/,/sse/message", "/v1/sse,/v1/sse/message", "/v1/sse/,/v1/sse/message" })
	void whoPostsToTheOldTransportFallsBackToItsStream(String path, String messages) throws Exception {
		HttpResponse<String> refused = send(request(path, token).POST(BodyPublishers.ofString(INITIALIZE)));
		assertThat(refused.statusCode()).isBetween(400, 499).isNotIn(401, 403);
		HttpResponse<InputStream> stream = this.http
			.send(request(path, token, "Accept", "text/event-stream").GET().build(), BodyHandlers.ofInputStream());
		assertThat(stream.statusCode()).isEqualTo(200);
		try (BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
			String endpoint = data(events);
			assertThat(endpoint).startsWith(messages + "?sessionId=");
			assertThat(send(request(endpoint, token).POST(BodyPublishers.ofString(INITIALIZE))).statusCode())
				.isEqualTo(202);
			assertThat(data(events)).contains("\"id\":1", "serverInfo");
		}
	}

	@Test
	void aClientWhoseTokenStillFailsRegistersAnew() {
		HttpResponse<String> answer = send(request("/mcp", "of another day").POST(BodyPublishers.ofString(INITIALIZE)));
		assertThat(answer.statusCode()).isEqualTo(401);
		TestClient anew = TestClient.register(gateway.url());
		assertThat(anew.clientId()).isNotEqualTo(client.clientId());
		assertThat(anew.initialize(anew.signIn().accessToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void aRevisionThatCannotBeOneIsToldOnlyToWhoMayCall() {
		HttpResponse<String> answer = send(
				request("/mcp", token, "MCP-Protocol-Version", "nonsense").POST(BodyPublishers.ofString(INITIALIZE)));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("-32600");
	}

	@Test
	void batchesAndLastEventIdsPassAsTheyCame() {
		String session = send(request("/mcp", token).POST(BodyPublishers.ofString(INITIALIZE))).headers()
			.firstValue("mcp-session-id")
			.orElseThrow();
		String batch = "[" + LIST + ", {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}]";
		HttpResponse<String> answer = send(
				request("/mcp", token, "Mcp-Session-Id", session, "Accept", "application/json", "Last-Event-ID", "7-x")
					.POST(BodyPublishers.ofString(batch)));
		assertThat(answer.body()).startsWith("[").contains("\"id\":2", "\"id\":3");
		assertThat(atlassian.requests()).last().satisfies((request) -> {
			assertThat(request.body()).isEqualTo(batch);
			assertThat(request.header("last-event-id")).isEqualTo("7-x");
		});
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static HttpRequest.Builder request(String path, @Nullable String token, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url(path))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream");
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		for (int index = 0; index < headers.length; index += 2) {
			request.setHeader(headers[index], headers[index + 1]);
		}
		return request;
	}

	private static String data(BufferedReader events) throws IOException {
		String line = events.readLine();
		while (!line.startsWith("data: ")) {
			line = events.readLine();
		}
		return line.substring("data: ".length());
	}

}
