package dev.mcpbridge.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code mcp-remote} with each of its strategies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpRemoteServerTests {

	final Stage streamable = new Stage(UpstreamKind.STREAMABLE);

	final Stage sse = new Stage(UpstreamKind.SSE);

	@AfterAll
	void stop() {
		this.streamable.close();
		this.sse.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http-first", "http-only" })
	void connectsToStreamableHttp(String strategy) throws Exception {
		connects(this.streamable, "/mcp", strategy, "StreamableHTTPClientTransport");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sse-first", "sse-only", "http-first" })
	void connectsToSse(String strategy) throws Exception {
		connects(this.sse, "/sse", strategy, "SSEClientTransport");
	}

	static void connects(Stage stage, String path, String strategy, String transport) throws Exception {
		List<String> said = new CopyOnWriteArrayList<>();
		int authorizations = stage.atlassian().authorizations();
		try (SdkClient client = McpRemote.connect(stage.url(path), strategy, said::add)) {
			assertThat(client.tools()).hasSize(24);
			assertThat(client.call("getJiraIssue", Map.of("cloudId", "acme", "issueIdOrKey", "ACME-1")))
				.contains("Ignition fails in cold weather");
			assertThat(String.join("\n", said)).contains("Connected to remote server using " + transport);
			assertThat(stage.atlassian().authorizations()).as("sign-ins").isEqualTo(authorizations + 1);
			await().until(() -> stage.atlassian().openStreams() > 0);
			stage.atlassian().announceToolsChanged();
			client.awaitToolChange();
		}
		await().until(() -> stage.atlassian().openStreams() == 0);
	}

}
