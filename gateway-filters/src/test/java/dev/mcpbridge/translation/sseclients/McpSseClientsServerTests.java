package dev.mcpbridge.translation.sseclients;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.Accepted;
import dev.mcpbridge.translation.TranslationListener.End;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An old client at the bridge, and a simulated Atlassian that speaks streamable HTTP
 * alone.
 */
class McpSseClientsServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Sinks.Many<Integer> pace = Sinks.many().multicast().directBestEffort();

	private static final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.progressPace(pace.asFlux())
		.start();

	private static final LegacyFront front = new LegacyFront();

	private static final TestGateway gateway = front.bridge(atlassian.url()).start();

	private final LegacyClient client = LegacyClient.open(gateway.url(),
			TestClient.register(gateway.url()).signIn().accessToken());

	private final int before = atlassian.requests().size();

	@AfterEach
	void nothingIsLeft() {
		this.client.close();
		front.awaitNothing();
		await().atMost(PATIENCE).until(atlassian::openStreams, (open) -> open == 0);
	}

	@AfterAll
	static void close() {
		gateway.close();
		front.close();
		atlassian.close();
	}

	@Test
	void theEndpointIsBesideTheStream() {
		assertThat(this.client.endpoint()).matches("/sse/message\\?sessionId=[\\w-]{22}\\.[\\w-]{22}");
	}

	@Test
	void aWholeSessionGoesThrough() {
		assertThat(this.client.initialize().at("/result/protocolVersion").asString()).isEqualTo("2024-11-05");
		this.client.post(message(2, "tools/list", "{}"));
		assertThat(this.client.next().at("/result/tools")).hasSize(24);
		this.client.post(message(3, "tools/call", "{\"name\":\"atlassianUserInfo\",\"arguments\":{}}"));
		assertThat(this.client.next().path("id").asInt()).isEqualTo(3);
		assertThat(requests("POST")).extracting((request) -> request.header("mcp-session-id")).first().isEqualTo("");
		assertThat(requests("POST").subList(1, 4)).allSatisfy((request) -> {
			assertThat(request.header("mcp-session-id")).isNotEmpty();
			assertThat(request.header("mcp-protocol-version")).isEqualTo("2024-11-05");
			assertThat(request.query()).isEmpty();
		});
	}

	@Test
	void progressArrivesOneByOne() {
		this.client.initialize();
		HttpResponse<String> accepted = this.client.post(message(2, "tools/call",
				"{\"name\":\"simulatorProgress\",\"arguments\":{\"steps\":3},\"_meta\":{\"progressToken\":\"p\"}}"));
		assertThat(accepted.statusCode()).isEqualTo(202);
		assertThat(accepted.body()).isEqualTo("Accepted");
		for (int step = 1; step <= 3; step++) {
			int next = step;
			await().atMost(PATIENCE).until(() -> pace.tryEmitNext(next).isSuccess());
			assertThat(this.client.next().at("/params/progress").asInt()).isEqualTo(step);
		}
		assertThat(this.client.next().path("id").asInt()).isEqualTo(2);
	}

	@Test
	void aCancellationPasses() {
		this.client.initialize();
		this.client.post(message(2, "tools/call",
				"{\"name\":\"simulatorProgress\",\"arguments\":{\"steps\":3},\"_meta\":{\"progressToken\":\"p\"}}"));
		assertThat(this.client.post("""
				{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}""").statusCode())
			.isEqualTo(202);
		assertThat(requests("POST")).last().extracting(ReceivedRequest::body).asString().contains("cancelled");
	}

	@Test
	void whatTheUpstreamSaysUnaskedArrives() {
		this.client.initialize();
		await().atMost(PATIENCE).until(atlassian::openStreams, (open) -> open == 1);
		atlassian.announceToolsChanged();
		assertThat(this.client.next().path("method").asString()).isEqualTo("notifications/tools/list_changed");
	}

	@Test
	void theUpstreamsStreamIsOpenedAgain() {
		this.client.initialize();
		await().atMost(PATIENCE).until(atlassian::openStreams, (open) -> open == 1);
		atlassian.killStreams();
		await().atMost(PATIENCE).until(() -> requests("GET").size(), (count) -> count == 2);
		await().atMost(PATIENCE).until(atlassian::openStreams, (open) -> open == 1);
		atlassian.announceToolsChanged();
		assertThat(this.client.next().path("method").asString()).isEqualTo("notifications/tools/list_changed");
	}

	@Test
	void aClientThatLeavesIsMissedUpstream() {
		this.client.initialize();
		this.client.post(message(2, "tools/call",
				"{\"name\":\"simulatorProgress\",\"arguments\":{\"steps\":3},\"_meta\":{\"progressToken\":\"p\"}}"));
		await().atMost(PATIENCE).until(atlassian::openStreams, (open) -> open == 2);
		this.client.close();
		await().atMost(PATIENCE).until(atlassian::openStreams, (open) -> open == 0);
		await().atMost(PATIENCE).until(() -> requests("DELETE").size(), (count) -> count == 1);
		assertThat(requests("DELETE")).first()
			.extracting((request) -> request.header("mcp-session-id"))
			.isEqualTo(requests("GET").get(0).header("mcp-session-id"));
		assertThat(this.client.post(message(3, "ping", "{}")).statusCode()).isEqualTo(404);
		front.awaitEnd(End.CLIENT_LEFT);
	}

	@Test
	void aSessionTheUpstreamHasForgottenIsOver() {
		this.client.initialize();
		atlassian.forgetSessions();
		assertThat(this.client.post(message(2, "ping", "{}")).statusCode()).isEqualTo(404);
		this.client.awaitEnd();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(front.heard().ended).containsExactly(End.UPSTREAM_ENDED));
	}

	@Test
	void aTokenThatEndsIsRenewedOnTheWay() {
		this.client.initialize();
		int refreshes = atlassian.refreshes();
		atlassian.expireAllAccessTokens();
		assertThat(this.client.post(message(2, "ping", "{}")).statusCode()).isEqualTo(202);
		JsonNode answer = this.client.next();
		assertThat(answer.path("id").asInt()).isEqualTo(2);
		assertThat(atlassian.refreshes()).isEqualTo(refreshes + 1);
	}

	private List<ReceivedRequest> requests(String method) {
		return atlassian.requests()
			.stream()
			.skip(this.before)
			.filter((request) -> request.method().equals(method))
			.toList();
	}

	private static String message(int id, String method, String params) {
		return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, params);
	}

}
