package dev.mcpbridge.app;

import java.time.Duration;

import static org.awaitility.Awaitility.await;

/**
 * The official TypeScript SDK speaking HTTP+SSE, before an upstream that speaks it too.
 */
class NodeLegacyOnSseServerTests extends TransportContract {

	private long opened;

	NodeLegacyOnSseServerTests() {
		super("/sse", UpstreamKind.SSE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		McpUser client = NodeClient.connect(stage.url(path), "sse");
		this.opened = streamsOpened();
		return client;
	}

	/**
	 * The SDK opens its stream again after a while; what it asks before it has read where
	 * to, is lost.
	 */
	@Override
	void goesOn(McpUser client) {
		patiently().until(() -> streamsOpened() > this.opened);
		await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> calls(client));
	}

	private long streamsOpened() {
		return atlassian().requests().stream().filter((request) -> request.method().equals("GET")).count();
	}

}
