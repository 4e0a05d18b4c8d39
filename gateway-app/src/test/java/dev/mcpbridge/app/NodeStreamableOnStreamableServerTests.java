package dev.mcpbridge.app;

/**
 * The official TypeScript SDK speaking streamable HTTP, before an upstream that speaks it
 * too.
 */
class NodeStreamableOnStreamableServerTests extends TransportContract {

	NodeStreamableOnStreamableServerTests() {
		super("/mcp", UpstreamKind.STREAMABLE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return NodeClient.connect(stage.url(path), "http");
	}

}
