package dev.mcpbridge.app;

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

	/** What it opened once is one session, which ends with its stream. */
	@Override
	void goesOn(McpUser client) {
		client.close();
		try (McpUser next = connect()) {
			calls(next);
		}
	}

}
