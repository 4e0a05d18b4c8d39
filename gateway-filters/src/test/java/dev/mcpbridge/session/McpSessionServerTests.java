package dev.mcpbridge.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.session.SessionListener.Rejection;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Sessions of a whole gateway: whoever has a good token, and another's session id.
 */
class McpSessionServerTests {

	static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
			"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

	static final String LIST = """
			{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

	static final String NOT_FOUND = """
			{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}""";

	static final String ALICE = "a11ce0000000000000000001";

	static final String BOB = "b0b000000000000000000002";

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final HeardSessions heard = new HeardSessions();

	static TestGateway gateway;

	static TestGateway replica;

	static TestGateway stranger;

	static TestClient client;

	static Tokens alice;

	static Tokens bob;

	@BeforeAll
	static void start(@TempDir Path directory) {
		Path keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		gateway = inFront(keys).bean(SessionListener.class, heard).start();
		replica = inFront(keys).property("mcp.bridge.public-url", gateway.url().toString()).start();
		stranger = TestGateway.inFrontOf(atlassian.url()).start();
		client = TestClient.register(gateway.url());
		atlassian.nextUser(ALICE);
		alice = client.signIn();
		atlassian.nextUser(BOB);
		bob = client.signIn();
	}

	@AfterAll
	static void stop() {
		stranger.close();
		replica.close();
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void aMinuteLater() {
		atlassian.clock().advance(Duration.ofSeconds(40));
		heard.forget();
	}

	@Test
	void aSessionIsOfWhoeverOpenedIt() {
		String session = open(alice);
		assertThat(call(alice, session, LIST).statusCode()).isEqualTo(200);
		int before = atlassian.mcpRequests();
		for (String method : List.of("GET", "POST", "DELETE")) {
			assertNotFound(send(request("/mcp", bob, session).method(method, BodyPublishers.ofString(LIST))));
		}
		assertThat(atlassian.mcpRequests()).as("nothing reached the upstream").isEqualTo(before);
		assertThat(heard.rejections()).containsExactly(Rejection.FOREIGN, Rejection.FOREIGN, Rejection.FOREIGN);
		assertThat(call(alice, session, LIST).statusCode()).isEqualTo(200);
		assertThat(heard.marks()).hasSize(1).allSatisfy((mark) -> assertThat(session).endsWith("." + mark));
	}

	@Test
	void itStaysWithTheLoginNotWithThePerson() {
		String session = open(alice);
		Tokens refreshed = TestClient.tokens(client.refresh(alice.refreshToken()));
		assertThat(call(refreshed, session, LIST).statusCode()).isEqualTo(200);
		atlassian.nextUser(ALICE);
		assertNotFound(call(client.signIn(), session, LIST));
		alice = refreshed;
	}

	@Test
	void theUpstreamsOwnIdIsNoSessionHere() {
		String session = open(alice);
		String upstream = session.substring(0, session.lastIndexOf('.'));
		assertThat(atlassian.requests()).last()
			.satisfies((request) -> assertThat(request.header("mcp-session-id")).isEmpty());
		assertNotFound(call(alice, upstream, LIST));
		assertThat(heard.rejections()).containsExactly(Rejection.UNMARKED);
		call(alice, session, LIST);
		assertThat(atlassian.requests()).last()
			.satisfies((request) -> assertThat(request.header("mcp-session-id")).isEqualTo(upstream));
	}

	@Test
	void anIdThatWasChangedAnywhereIsNoSession() {
		String session = open(alice);
		for (int index = 0; index < session.length(); index++) {
			char other = (session.charAt(index) == 'A') ? 'B' : 'A';
			String changed = session.substring(0, index) + other + session.substring(index + 1);
			assertThat(call(alice, changed, LIST).statusCode()).as(changed).isEqualTo(404);
		}
		assertThat(call(alice, session + "A", LIST).statusCode()).isEqualTo(404);
	}

	@Test
	void everyAnswerCarriesTheMarkedId() {
		String session = open(alice);
		assertThat(List.of(
				send(request("/mcp", alice, session, "Accept", "application/json").POST(BodyPublishers.ofString(LIST))),
				send(request("/mcp", alice, session, "Accept", "text/event-stream")
					.POST(BodyPublishers.ofString(LIST))),
				call(alice, session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")))
			.extracting(HttpResponse::statusCode, (answer) -> answer.headers().allValues("mcp-session-id"))
			.containsExactly(tuple(200, List.of(session)), tuple(200, List.of(session)), tuple(202, List.of(session)));
		atlassian.expireAllAccessTokens();
		HttpResponse<String> replayed = call(alice, session, LIST);
		assertThat(replayed.headers().allValues("mcp-session-id")).containsExactly(session);
		assertThat(atlassian.requests()).last()
			.satisfies((request) -> assertThat(session).startsWith(request.header("mcp-session-id") + "."));
	}

	@Test
	void aPageReadsTheMarkedId() {
		HttpResponse<String> answer = send(request("/mcp", alice, null, "Origin", "https://page.example")
			.POST(BodyPublishers.ofString(INITIALIZE)));
		assertThat(answer.headers().firstValue("access-control-expose-headers").orElseThrow())
			.contains("Mcp-Session-Id");
		assertThat(call(alice, sessionOf(answer), LIST).statusCode()).isEqualTo(200);
	}

	@Test
	void aSessionEndsAtTheUpstream() {
		String session = open(alice);
		assertThat(send(request("/mcp", alice, session).DELETE()).statusCode()).isEqualTo(204);
		HttpResponse<String> gone = call(alice, session, LIST);
		assertThat(gone.statusCode()).isEqualTo(404);
		assertThat(heard.rejections()).isEmpty();
	}

	@Test
	void withoutASessionTheUpstreamJudges() {
		int before = atlassian.mcpRequests();
		assertThat(call(alice, null, LIST).statusCode()).isEqualTo(400);
		assertThat(send(request("/mcp", alice, "").POST(BodyPublishers.ofString(LIST))).statusCode()).isEqualTo(400);
		assertThat(atlassian.mcpRequests()).isEqualTo(before + 2);
	}

	@Test
	void everyReplicaKnowsItAndNobodyElse() {
		Tokens tokens = client.signIn();
		String session = open(tokens);
		TestClient there = client.at(replica.url());
		assertThat(there.call("/mcp", tokens.accessToken(), LIST, "Mcp-Session-Id", session).statusCode())
			.as("a replica that does not know the grant")
			.isEqualTo(200);
		TestClient elsewhere = TestClient.register(stranger.url());
		HttpResponse<String> answer = elsewhere.call("/mcp", elsewhere.signIn().accessToken(), LIST, "Mcp-Session-Id",
				session);
		assertNotFound(answer);
	}

	@Test
	void theOldTransportIsBoundToo() throws IOException {
		try (BufferedReader events = events(alice)) {
			String endpoint = data(events);
			assertThat(endpoint).matches("/sse/message\\?sessionId=[0-9a-f]{32}\\.[\\w-]{22}");
			assertNotFound(send(request(endpoint, bob, null).POST(BodyPublishers.ofString(LIST))));
			assertNotFound(send(request(endpoint.substring(0, endpoint.lastIndexOf('.')), alice, null)
				.POST(BodyPublishers.ofString(LIST))));
			assertNotFound(send(request(endpoint + "&sessionId=1", alice, null).POST(BodyPublishers.ofString(LIST))));
			assertThat(heard.rejections()).containsExactly(Rejection.FOREIGN, Rejection.UNMARKED, Rejection.UNMARKED);
			HttpResponse<String> accepted = send(request(endpoint, alice, null).POST(BodyPublishers.ofString(LIST)));
			assertThat(accepted.statusCode()).isEqualTo(202);
			assertThat(data(events)).contains("\"id\":2");
		}
		assertThat(send(request("/sse/message", alice, null).POST(BodyPublishers.ofString(LIST))).body())
			.as("the upstream's own words")
			.contains("Missing sessionId");
	}

	private static TestGateway.Builder inFront(Path keys) {
		return TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.property("mcp.bridge.keys", keys.toString());
	}

	private static String open(Tokens tokens) {
		return sessionOf(send(request("/mcp", tokens, null).POST(BodyPublishers.ofString(INITIALIZE))));
	}

	private static String sessionOf(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		List<String> ids = answer.headers().allValues("mcp-session-id");
		assertThat(ids).singleElement().asString().matches("[0-9a-f]{32}\\.[\\w-]{22}");
		return ids.get(0);
	}

	private static HttpResponse<String> call(Tokens tokens, @Nullable String session, String body) {
		return send(request("/mcp", tokens, session).POST(BodyPublishers.ofString(body)));
	}

	private static HttpRequest.Builder request(String path, Tokens tokens, @Nullable String session,
			String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url().resolve(path))
			.header("Authorization", "Bearer " + tokens.accessToken())
			.header("Content-Type", "application/json")
			.setHeader("Accept", "application/json, text/event-stream");
		if (session != null) {
			request.header("Mcp-Session-Id", session);
		}
		for (int index = 0; index < headers.length; index += 2) {
			request.setHeader(headers[index], headers[index + 1]);
		}
		return request;
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) {
		return new Browser().send(request);
	}

	private static BufferedReader events(Tokens tokens) throws IOException {
		try {
			HttpResponse<InputStream> stream = HttpClient.newHttpClient()
				.send(request("/sse", tokens, null, "Accept", "text/event-stream").GET().build(),
						BodyHandlers.ofInputStream());
			return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String data(BufferedReader events) throws IOException {
		String line = events.readLine();
		while (!line.startsWith("data: ")) {
			line = events.readLine();
		}
		return line.substring(6);
	}

	private static void assertNotFound(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.headers().firstValue("content-type")).contains("application/json");
		assertThat(answer.headers().firstValue("mcp-session-id")).isEmpty();
		assertThat(answer.body()).isEqualTo(NOT_FOUND);
	}

}
