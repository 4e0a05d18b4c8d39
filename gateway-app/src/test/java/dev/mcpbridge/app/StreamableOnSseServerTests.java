package dev.mcpbridge.app;

/**
 * The official Java SDK speaking streamable HTTP, before an upstream that speaks
 * HTTP+SSE.
 */
class StreamableOnSseServerTests extends TransportContract {

	StreamableOnSseServerTests() {
		super("/mcp", UpstreamKind.SSE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return stage.connect(path);
	}

}
