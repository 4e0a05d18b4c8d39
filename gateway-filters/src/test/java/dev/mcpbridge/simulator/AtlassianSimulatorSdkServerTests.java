package dev.mcpbridge.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official Java SDK takes the simulator for a real MCP server.
 */
class AtlassianSimulatorSdkServerTests {

	private final List<ProgressNotification> progress = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource
	void listsTheTwentyFourTools(Transport transport) {
		try (AtlassianSimulator atlassian = signInAtOnce(); McpSyncClient client = connect(transport, atlassian)) {
			assertThat(client.listTools().tools()).hasSize(24);
		}
	}

	@ParameterizedTest
	@EnumSource
	void callsATool(Transport transport) {
		try (AtlassianSimulator atlassian = signInAtOnce(); McpSyncClient client = connect(transport, atlassian)) {
			CallToolResult result = client.callTool(CallToolRequest.builder("getJiraIssue")
				.arguments(Map.of("cloudId", "acme", "issueIdOrKey", "ACME-1"))
				.build());
			assertThat(result.content().toString()).contains("Ignition fails in cold weather");
		}
	}

	@ParameterizedTest
	@EnumSource
	void hearsOfProgress(Transport transport) {
		try (AtlassianSimulator atlassian = signInAtOnce(); McpSyncClient client = connect(transport, atlassian)) {
			client.callTool(CallToolRequest.builder("simulatorProgress")
				.arguments(Map.of("steps", 3, "intervalMillis", 20))
				.progressToken("token-1")
				.build());
			assertThat(this.progress).extracting(ProgressNotification::progress)
				.as("handed out by a pool of threads, so in any order")
				.containsExactlyInAnyOrder(1d, 2d, 3d);
		}
	}

	private McpSyncClient connect(Transport transport, AtlassianSimulator atlassian) {
		String bearer = "Bearer " + new SimulatorClient(atlassian).signIn().access();
		McpSyncClient client = McpClient
			.sync(transport.make.apply(atlassian.url().toString(),
					(request, method, uri, body, context) -> request.setHeader("Authorization", bearer)))
			.requestTimeout(Duration.ofSeconds(10))
			.progressConsumer(this.progress::add)
			.build();
		client.initialize();
		return client;
	}

	private static AtlassianSimulator signInAtOnce() {
		return AtlassianSimulator.builder().autoApprove(true).start();
	}

	@SuppressWarnings("deprecation") // HTTP+SSE is, and is still in use
	enum Transport {

		STREAMABLE((url, bearer) -> HttpClientStreamableHttpTransport.builder(url)
			.endpoint("/v1/mcp")
			.addHttpRequestCustomizer(bearer)
			.build()),

		LEGACY((url, bearer) -> HttpClientSseClientTransport.builder(url)
			.sseEndpoint("/v1/sse")
			.addHttpRequestCustomizer(bearer)
			.build());

		private final BiFunction<String, McpSyncHttpClientRequestCustomizer, McpClientTransport> make;

		Transport(BiFunction<String, McpSyncHttpClientRequestCustomizer, McpClientTransport> make) {
			this.make = make;
		}

	}

}
