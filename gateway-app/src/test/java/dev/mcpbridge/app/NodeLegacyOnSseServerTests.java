package dev.mcpbridge.app;

/**
 * The official TypeScript SDK speaking HTTP+SSE, before an upstream that speaks it too.
 */
class NodeLegacyOnSseServerTests extends TransportContract {

	NodeLegacyOnSseServerTests() {
		super("/sse", UpstreamKind.SSE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return NodeClient.connect(stage.url(path), "sse");
	}

	/**
	 * The SDK opens its stream again after a while; until then, what it sends is lost.
	 */
	@Override
	void goesOn(McpUser client) {
		patiently().until(() -> atlassian().openStreams() == 1);
		calls(client);
	}

}
