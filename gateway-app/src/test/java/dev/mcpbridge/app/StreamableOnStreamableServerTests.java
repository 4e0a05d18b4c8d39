package dev.mcpbridge.app;

/**
 * The official Java SDK speaking streamable HTTP, before an upstream that speaks it too.
 */
class StreamableOnStreamableServerTests extends TransportContract {

	StreamableOnStreamableServerTests() {
		super("/mcp", UpstreamKind.STREAMABLE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return stage.connect(path);
	}

}
