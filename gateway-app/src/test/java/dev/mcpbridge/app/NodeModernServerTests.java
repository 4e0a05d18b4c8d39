package dev.mcpbridge.app;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.simulator.mcp.Transports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The TypeScript SDK of revision 2026-07-28 learns its server's era through the gateway,
 * and works in either.
 */
class NodeModernServerTests {

	final Stage modern = new Stage(UpstreamKind.STREAMABLE,
			UpstreamKind.STREAMABLE.simulated().transports(Transports.onlyStreamable().withModern()));

	@AfterEach
	void stop() {
		this.modern.close();
	}

	@Test
	void callsAModernServerWithoutASession() throws Exception {
		try (NodeClient client = NodeClient.connectModern(this.modern.url("/mcp"), "http")) {
			assertThat(client.connection()).isEqualTo("modern");
			assertThat(client.tools()).hasSize(24);
			assertThat(client.call("atlassianUserInfo", Map.of())).contains("Jane Doe");
			CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> client.callWithProgress(2));
			this.modern.step();
			assertThat(client.nextStep()).isEqualTo(1);
			this.modern.step();
			assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("Done in 2 steps");
			assertThat(this.modern.atlassian().mcp().sessions()).isZero();
			assertThat(this.modern.atlassian().requests()).extracting((request) -> request.header("mcp-name"))
				.contains("atlassianUserInfo", "simulatorProgress");
		}
	}

	@Test
	void leavingACallCancelsIt() {
		try (NodeClient client = NodeClient.connectModern(this.modern.url("/mcp"), "http")) {
			CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> client.callWithProgress(2));
			this.modern.step();
			assertThat(client.nextStep()).isEqualTo(1);
			client.cancelCall();
			await().until(() -> this.modern.atlassian().mcp().calls().abandoned() == 1);
			assertThat(call.handle((answer, failure) -> String.valueOf(answer)).join()).isEqualTo("null");
		}
	}

	@Test
	void hearsOfChangesUntilTheServerEndsTheSubscription() {
		try (NodeClient client = NodeClient.connectModern(this.modern.url("/mcp"), "http")) {
			await().until(() -> this.modern.atlassian().openStreams() == 1);
			this.modern.atlassian().announceToolsChanged();
			client.awaitToolChange();
			this.modern.atlassian().forgetSessions();
			assertThat(client.endOfSubscription()).isEqualTo("graceful");
		}
	}

	@Test
	void fallsBackToTheEraOfItsServer() {
		try (Stage older = new Stage(UpstreamKind.STREAMABLE);
				NodeClient client = NodeClient.connectModern(older.url("/mcp"), "http")) {
			assertThat(client.connection()).isEqualTo("legacy");
			assertThat(client.tools()).hasSize(24);
		}
	}

	@Test
	void fallsBackToTheTransportOfItsServer() {
		try (Stage older = new Stage(UpstreamKind.SSE);
				NodeClient client = NodeClient.connectModern(older.url("/sse"), "http", "sse")) {
			assertThat(client.connection()).isEqualTo("legacy");
			assertThat(client.tools()).hasSize(24);
		}
	}

	@Test
	void fallsBackWhereTheUpstreamHasNoSuchEndpoint() {
		try (Stage older = new Stage(UpstreamKind.SSE);
				NodeClient client = NodeClient.connectModern(older.url("/mcp"), "http")) {
			assertThat(client.connection()).isEqualTo("legacy");
			assertThat(client.tools()).hasSize(24);
		}
	}

}
