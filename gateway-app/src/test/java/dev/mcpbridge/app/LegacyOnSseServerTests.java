package dev.mcpbridge.app;

/**
 * The official Java SDK speaking HTTP+SSE, before an upstream that speaks it too.
 */
class LegacyOnSseServerTests extends TransportContract {

	LegacyOnSseServerTests() {
		super("/sse", UpstreamKind.SSE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return stage.connect(path);
	}

	/** The SDK opens its stream once. */
	@Override
	void goesOn(McpUser client) {
		client.close();
		try (McpUser next = connect()) {
			calls(next);
		}
	}

}
