package dev.mcpbridge.app;

/**
 * The official TypeScript SDK speaking streamable HTTP, before an upstream that speaks
 * HTTP+SSE.
 */
class NodeStreamableOnSseServerTests extends TransportContract {

	NodeStreamableOnSseServerTests() {
		super("/mcp", UpstreamKind.SSE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return NodeClient.connect(stage.url(path), "http");
	}

}
