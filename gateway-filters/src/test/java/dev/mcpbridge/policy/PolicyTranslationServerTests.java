package dev.mcpbridge.policy;

import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.mcp.Transports;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One policy, named once, where the gateway translates between transports, and where a
 * request is sent again with a renewed token.
 */
class PolicyTranslationServerTests {

	static final AtlassianSimulator streamable = AtlassianSimulator.builder()
		.autoApprove(true)
		.transports(Transports.onlyStreamable())
		.start();

	static final AtlassianSimulator sse = AtlassianSimulator.builder()
		.autoApprove(true)
		.transports(Transports.onlySse())
		.start();

	static final McpToolsServerTests.Heard heard = new McpToolsServerTests.Heard();

	static final TestGateway legacyFront = TestGateway.bare()
		.property("mcp.bridge.upstream.url", streamable.url().toString())
		.property("mcp.bridge.authorization-server.enabled", "true")
		.property("mcp.bridge.tools.policy", "reading")
		.property("mcp.bridge.tools.policies[0].name", "reading")
		.property("mcp.bridge.tools.policies[0].mode", "read-only")
		.route("mcp", streamable.url(), "/mcp", "McpBridge", "SetPath=/v1/mcp")
		.route("sse", streamable.url(), "/sse,/sse/message", "McpBridge", "McpSseClients=streamable", "SetPath=/v1/mcp")
		.bean(ToolCallListener.class, heard)
		.start();

	static final TestGateway streamableFront = TestGateway.bare()
		.property("mcp.bridge.upstream.url", sse.url().toString())
		.property("mcp.bridge.authorization-server.enabled", "true")
		.property("mcp.bridge.tools.policy", "reading")
		.property("mcp.bridge.tools.policies[0].name", "reading")
		.property("mcp.bridge.tools.policies[0].mode", "read-only")
		.route("mcp", sse.url(), "/mcp", "McpBridge", "McpSseUpstream=sse", "SetPath=/v1/sse")
		.start();

	@AfterAll
	static void stop() {
		legacyFront.close();
		streamableFront.close();
		streamable.close();
		sse.close();
	}

	@Test
	void aClientOfTheOldTransportIsRefusedOnItsStream() {
		String token = TestClient.register(legacyFront.url()).signIn().accessToken();
		try (LegacySession session = new LegacySession(legacyFront.url("/sse"), token)) {
			session.post(WireForm.message("0", "initialize", """
					{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"""));
			assertThat(session.next().has("result")).isTrue();
			session.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
			session.post(WireForm.message("1", "tools/call", "{\"name\":\"createJiraIssue\",\"arguments\":{}}"));
			JsonNode refused = session.next();
			assertThat(refused.path("id").asString()).isEqualTo("1");
			assertThat(refused.path("error").path("code").asInt()).isEqualTo(-32000);
			session.post(WireForm.message("2", "tools/call", "{\"name\":\"atlassianUserInfo\",\"arguments\":{}}"));
			assertThat(session.next().has("result")).isTrue();
			session.post(WireForm.message("3", "tools/list", "{}"));
			assertThat(names(session.next())).contains("getJiraIssue").doesNotContain("createJiraIssue");
		}
	}

	@Test
	void aClientOfStreamableHttpIsRefusedInTheResponse() {
		String token = TestClient.register(streamableFront.url()).signIn().accessToken();
		try (WireForm.Speaker speaker = WireForm.JSON.speak(streamableFront.url(), token)) {
			speaker.call("1", "createJiraIssue", "{}").isRefusedBy("reading");
			speaker.call("2", "atlassianUserInfo", "{}").isAnsweredByTheUpstream();
			assertThat(names(speaker.list("3", "{}").message())).contains("getJiraIssue")
				.doesNotContain("createJiraIssue");
		}
		assertThat(sse.requests()).noneMatch((request) -> request.body().contains("createJiraIssue"));
	}

	@Test
	void aCallIsJudgedAgainWhenItIsSentAgain() {
		String token = TestClient.register(legacyFront.url()).signIn().accessToken();
		try (WireForm.Speaker speaker = WireForm.JSON.speak(legacyFront.url(), token)) {
			streamable.expireAllAccessTokens();
			speaker.call("1", "createJiraIssue", "{}").isRefusedBy("reading");
			int before = streamable.refreshes();
			heard.calls.clear();
			speaker.call("2", "atlassianUserInfo", "{}").isAnsweredByTheUpstream();
			assertThat(streamable.refreshes()).isEqualTo(before + 1);
			// the client has its answer a moment before the call has ended
			await().untilAsserted(() -> assertThat(heard.calls).extracting(EndedCall::outcome)
				.startsWith(CallOutcome.UNAUTHORIZED)
				.endsWith(CallOutcome.OK)
				.containsOnlyOnce(CallOutcome.OK)
				.containsOnly(CallOutcome.UNAUTHORIZED, CallOutcome.OK));
			assertThat(heard.calls).allMatch((call) -> !call.who().subject().isEmpty());
		}
	}

	private static Stream<String> names(JsonNode answer) {
		return answer.path("result").path("tools").valueStream().map((tool) -> tool.path("name").stringValue());
	}

}
