package dev.mcpbridge.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.util.function.Tuple2;
import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;
import dev.mcpbridge.simulator.mcp.AnswerStyle;
import dev.mcpbridge.simulator.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AtlassianSimulatorStreamableServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final String PING = SimulatorClient.message("ping", "{}");

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	private final Tokens tokens = this.client.signIn();

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@ParameterizedTest
	@CsvSource({ "2024-11-05,2024-11-05", "2025-03-26,2025-03-26", "2025-06-18,2025-06-18", "2025-11-25,2025-11-25",
			"2026-07-28,2025-11-25" })
	void aKnownVersionIsEchoedElseTheLatestIsOffered(String wanted, String offered) {
		HttpResponse<String> response = this.client.mcp(this.tokens, null,
				SimulatorClient.message("initialize", "{\"protocolVersion\":\"" + wanted + "\"}"));
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(response.headers().firstValue("mcp-session-id")).isPresent();
		assertThat(SimulatorClient.json(response).path("result").path("protocolVersion").asString()).isEqualTo(offered);
	}

	@Test
	void aSessionLivesUntilItIsDeleted() {
		String session = this.client.openSession(this.tokens);
		assertThat(this.client.mcp(this.tokens, session, PING).body())
			.isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
		assertThat(this.client
			.send("DELETE", "/v1/mcp", "mcp-session-id", session, "authorization", "Bearer " + this.tokens.access())
			.statusCode()).isEqualTo(204);
		HttpResponse<String> gone = this.client.mcp(this.tokens, session, PING);
		assertThat(gone.statusCode()).isEqualTo(404);
		assertThat(SimulatorClient.json(gone).path("error").path("code").asInt()).isEqualTo(-32001);
	}

	@Test
	void withoutASessionOnlyInitializeIsAnswered() {
		assertThat(this.client.mcp(this.tokens, null, PING).statusCode()).isEqualTo(400);
		assertThat(this.client.get("/v1/mcp", "authorization", "Bearer " + this.tokens.access()).statusCode())
			.isEqualTo(400);
	}

	@Test
	void sessionsCanBeForgotten() {
		String session = this.client.openSession(this.tokens);
		this.atlassian.forgetSessions();
		assertThat(this.client.mcp(this.tokens, session, PING).statusCode()).isEqualTo(404);
	}

	@Test
	void aNotificationIsAcceptedWithoutABody() {
		HttpResponse<String> response = this.client.mcp(this.tokens, this.client.openSession(this.tokens),
				"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void aBatchIsAnsweredAsOne() {
		HttpResponse<String> response = this.client.mcp(this.tokens, this.client.openSession(this.tokens),
				"[" + PING + "," + PING + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}]");
		assertThat(SimulatorClient.json(response)).hasSize(2);
	}

	@Test
	void badRequestsAreRefused() {
		String session = this.client.openSession(this.tokens);
		assertThat(this.client.mcp(this.tokens, session, "{").statusCode()).isEqualTo(400);
		assertThat(this.client.mcp(this.tokens, session, PING, "mcp-protocol-version", "2026-07-28").statusCode())
			.isEqualTo(400);
		assertThat(this.client.mcp(this.tokens, session, PING, "accept", "text/html").statusCode()).isEqualTo(406);
		assertThat(SimulatorClient
			.json(this.client.mcp(this.tokens, session, SimulatorClient.message("prompts/list", "{}")))
			.path("error")
			.path("code")
			.asInt()).isEqualTo(-32601);
	}

	@Test
	void jsonIsCompressedWhenAllowed() throws IOException, InterruptedException {
		HttpResponse<byte[]> response = HttpClient.newHttpClient()
			.send(this.client
				.request("/v1/mcp", "authorization", "Bearer " + this.tokens.access(), "accept-encoding", "gzip")
				.POST(BodyPublishers.ofString(SimulatorClient.message("initialize", "{}")))
				.build(), BodyHandlers.ofByteArray());
		assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
		assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(),
				StandardCharsets.UTF_8))
			.contains("serverInfo");
	}

	@Test
	void theStyleCanBeEvents() {
		try (AtlassianSimulator streaming = AtlassianSimulator.builder()
			.autoApprove(true)
			.answers(AnswerStyle.SSE)
			.start()) {
			SimulatorClient visitor = new SimulatorClient(streaming);
			Tokens bearer = visitor.signIn();
			HttpResponse<String> response = visitor.mcp(bearer, visitor.openSession(bearer), PING, "accept-encoding",
					"gzip");
			assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
			assertThat(response.headers().firstValue("content-encoding")).isEmpty();
			assertThat(response.body())
				.isEqualTo("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n");
		}
	}

	@Test
	void aClientThatTakesNoJsonGetsEvents() {
		HttpResponse<String> response = this.client.mcp(this.tokens, this.client.openSession(this.tokens), PING,
				"accept", "text/event-stream");
		assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
	}

	@Test
	void progressComesOneByOne() {
		String session = this.client.openSession(this.tokens);
		StepVerifier.create(progress(session, 3, 200).timestamp().map(Tuple2::getT1).buffer(2, 1).take(2))
			.expectNextMatches((two) -> two.get(1) - two.get(0) >= 100)
			.expectNextMatches((two) -> two.get(1) - two.get(0) >= 100)
			.expectComplete()
			.verify(PATIENCE);
		StepVerifier.create(progress(session, 2, 1))
			.assertNext((message) -> assertThat(message.path("params").toString())
				.isEqualTo("{\"progressToken\":\"p\",\"progress\":1,\"total\":2,\"message\":\"Step 1 of 2\"}"))
			.assertNext((message) -> assertThat(message.path("params").path("progress").asInt()).isEqualTo(2))
			.assertNext((message) -> assertThat(message.has("result")).isTrue())
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void headersOfASilentStreamLeaveAtOnce() throws IOException, InterruptedException {
		HttpResponse<InputStream> response = HttpClient.newHttpClient()
			.send(this.client
				.request("/v1/mcp", "authorization", "Bearer " + this.tokens.access(), "mcp-session-id",
						this.client.openSession(this.tokens))
				.build(), BodyHandlers.ofInputStream());
		assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
		response.body().close();
		await().until(() -> this.atlassian.openStreams() == 0);
	}

	@Test
	void theStandingStreamCarriesWhatTheServerSays() {
		String session = this.client.openSession(this.tokens);
		StepVerifier.create(standing(session))
			.then(() -> await().until(() -> this.atlassian.openStreams() == 1))
			.then(this.atlassian::announceToolsChanged)
			.assertNext((event) -> assertThat(event.data()).contains("notifications/tools/list_changed"))
			.then(this.atlassian::forgetSessions)
			.expectComplete()
			.verify(PATIENCE);
		await().until(() -> this.atlassian.openStreams() == 0);
	}

	@Test
	void streamsCanLingerAfterTheAnswer() {
		try (AtlassianSimulator lingering = AtlassianSimulator.builder()
			.autoApprove(true)
			.answers(AnswerStyle.SSE)
			.linger(Duration.ofMillis(300))
			.start()) {
			SimulatorClient visitor = new SimulatorClient(lingering);
			Tokens bearer = visitor.signIn();
			StepVerifier.create(visitor.events(bearer, visitor.openSession(bearer), PING))
				.expectNextCount(1)
				.expectNoEvent(Duration.ofMillis(100))
				.expectComplete()
				.verify(PATIENCE);
		}
	}

	@Test
	void aSlowToolTakesItsTime() {
		String session = this.client.openSession(this.tokens);
		long start = System.nanoTime();
		HttpResponse<String> response = this.client.mcp(this.tokens, session,
				SimulatorClient.call("simulatorSlow", "{\"millis\":200}"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
		assertThat(response.body()).contains("Done after 200 ms");
	}

	private Flux<ServerSentEvent<String>> standing(String session) {
		return this.client.events("/v1/mcp", this.tokens, "mcp-session-id", session);
	}

	private Flux<JsonNode> progress(String session, int steps, int interval) {
		String body = SimulatorClient.message("tools/call",
				"""
						{"name":"simulatorProgress","arguments":{"steps":%d,"intervalMillis":%d},"_meta":{"progressToken":"p"}}"""
					.formatted(steps, interval));
		return this.client.events(this.tokens, session, body)
			.map((event) -> Json.parse(String.valueOf(event.data())).orElseThrow());
	}

}
