package dev.mcpbridge.simulator;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;
import dev.mcpbridge.simulator.mcp.Transports;
import dev.mcpbridge.simulator.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The streamable endpoint for clients of revision 2026-07-28.
 */
class AtlassianSimulatorModernServerTests {

	static final String META = """
			"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
			"io.modelcontextprotocol/clientCapabilities":{}}""";

	static final String TOOL = "{\"name\":\"atlassianUserInfo\"," + META + "}";

	final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.transports(Transports.onlyStreamable().withModern())
		.start();

	final SimulatorClient client = new SimulatorClient(this.atlassian);

	final Tokens tokens = this.client.signIn();

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void itIsDiscoveredAndCalledWithoutASession() {
		HttpResponse<String> discovered = ask("server/discover", "{" + META + "}");
		assertThat(SimulatorClient.json(discovered).path("result").path("supportedVersions").toString())
			.isEqualTo("[\"2026-07-28\"]");
		assertThat(discovered.headers().firstValue("mcp-session-id")).isEmpty();
		assertThat(SimulatorClient.json(ask("tools/list", "{" + META + "}")).path("result").path("tools")).hasSize(24);
		HttpResponse<String> called = ask("tools/call", TOOL, "mcp-name", "atlassianUserInfo");
		assertThat(called.body()).contains("Jane Doe").contains("\"resultType\":\"complete\"");
		assertThat(called.headers().firstValue("mcp-session-id")).isEmpty();
	}

	@Test
	void theNameMayBeEncoded() {
		String name = "=?base64?"
				+ Base64.getEncoder().encodeToString("atlassianUserInfo".getBytes(StandardCharsets.UTF_8)) + "?=";
		assertThat(ask("tools/call", TOOL, "mcp-name", name).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "mcp-method, tools/list, mcp-name, atlassianUserInfo", "mcp-method, tools/call, mcp-name, other",
			"mcp-method, tools/call, x-other, other", "mcp-method, tools/call, mcp-protocol-version, 2025-11-25" })
	void headersThatSaySomethingElseAreRefused(String header, String value, String other, String text) {
		HttpResponse<String> answer = this.client.mcp(this.tokens, null, SimulatorClient.message("tools/call", TOOL),
				header, value, other, text);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(code(answer)).isEqualTo(-32020);
	}

	@Test
	void anotherVersionIsNotSupported() {
		String params = TOOL.replace("2026-07-28", "2027-01-01");
		HttpResponse<String> answer = this.client.mcp(this.tokens, null, SimulatorClient.message("tools/call", params),
				"mcp-method", "tools/call", "mcp-name", "atlassianUserInfo", "mcp-protocol-version", "2027-01-01");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(code(answer)).isEqualTo(-32022);
		assertThat(SimulatorClient.json(answer).path("error").path("data").toString())
			.isEqualTo("{\"requested\":\"2027-01-01\",\"supported\":[\"2026-07-28\"]}");
	}

	@Test
	void anUnknownMethodIsNotFound() {
		HttpResponse<String> answer = ask("prompts/list", "{" + META + "}");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(code(answer)).isEqualTo(-32601);
		assertThat(this.client
			.send("GET", "/v1/mcp", "authorization", "Bearer " + this.tokens.access(), "mcp-protocol-version",
					"2026-07-28")
			.statusCode()).isEqualTo(405);
	}

	@Test
	void subscriptionsAreHeldOpenUntilTheServerEndsThem() {
		StepVerifier.create(listen())
			.assertNext((message) -> assertThat(message.toString()).contains("notifications/subscriptions/acknowledged",
					"\"io.modelcontextprotocol/subscriptionId\":1", "\"notifications\":{\"toolsListChanged\":true}"))
			.then(this.atlassian::announceToolsChanged)
			.assertNext((message) -> assertThat(message.toString()).contains("notifications/tools/list_changed",
					"\"io.modelcontextprotocol/subscriptionId\":1"))
			.then(this.atlassian::forgetSessions)
			.assertNext(
					(message) -> assertThat(message.path("result").path("resultType").asString()).isEqualTo("complete"))
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void closingTheStreamCancels() {
		StepVerifier.create(listen()).expectNextCount(1).thenCancel().verify(Duration.ofSeconds(5));
		await().until(() -> this.atlassian.openStreams() == 0);
	}

	@Test
	void earlierRevisionsGoOn() {
		assertThat(this.client.openSession(this.tokens)).isNotEmpty();
	}

	private Flux<JsonNode> listen() {
		Flux<ServerSentEvent<String>> events = this.client.eventsOf(this.tokens,
				SimulatorClient.message("subscriptions/listen",
						"{\"notifications\":{\"toolsListChanged\":true}," + META + "}"),
				"mcp-method", "subscriptions/listen", "mcp-protocol-version", "2026-07-28");
		return events.map((event) -> Json.parse(String.valueOf(event.data())).orElseThrow());
	}

	private HttpResponse<String> ask(String method, String params, String... more) {
		String[] headers = { "mcp-protocol-version", "2026-07-28", "mcp-method", method,
				(more.length > 0) ? more[0] : "x-none", (more.length > 0) ? more[1] : "none" };
		return this.client.mcp(this.tokens, null, SimulatorClient.message(method, params), headers);
	}

	private static int code(HttpResponse<String> answer) {
		return SimulatorClient.json(answer).path("error").path("code").asInt();
	}

}
