package dev.mcpbridge.app;

/**
 * The official Java SDK speaking HTTP+SSE, before an upstream that speaks streamable
 * HTTP.
 */
class LegacyOnStreamableServerTests extends TransportContract {

	LegacyOnStreamableServerTests() {
		super("/sse", UpstreamKind.STREAMABLE);
	}

	@Override
	McpUser connect(Stage stage, String path) {
		return stage.connect(path);
	}

	/** What it opened once is one session, which ends with its stream. */
	@Override
	void goesOn(McpUser client) {
		client.close();
		try (McpUser next = connect()) {
			calls(next);
		}
	}

}
