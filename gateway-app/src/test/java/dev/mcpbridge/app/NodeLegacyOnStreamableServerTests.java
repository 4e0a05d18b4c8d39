package dev.mcpbridge.app;

import java.time.Duration;

import static org.awaitility.Awaitility.await;

/**
 * The official TypeScript SDK speaking HTTP+SSE, before an upstream that speaks
 * streamable HTTP.
 */
class NodeLegacyOnStreamableServerTests extends TransportContract {

	NodeLegacyOnStreamableServerTests() {
		super("/sse", UpstreamKind.STREAMABLE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return NodeClient.connect(stage.url(path), "sse");
	}

	/**
	 * The SDK opens its stream again after a while, and goes on without beginning a new
	 * session; what it asks before it has read where to, is lost.
	 */
	@Override
	void goesOn(McpUser client) {
		await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> calls(client));
	}

	/** Its stream is ours, and not cut. */
	@Override
	void goesOnWithoutUpstreamStreams(McpUser client) {
		calls(client);
	}

}
